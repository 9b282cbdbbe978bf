package org.regionaldoughnut.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegionTreeTest {
    private final RegionTree tree = tree(
            region("UK", "NUTS0", null),
            region("UKC", "NUTS1", "UK"),
            region("UKD", "NUTS1", "UK"),
            region("UKC1", "NUTS2", "UKC"),
            region("UKC2", "NUTS2", "UKC"),
            region("town", "LAU", "UKC1"),
            region("straddler", "LAU", "UKC", "UKC1", "UKC2"),
            region("UKZZ", Region.EXTRA, null));

    @Test
    void ancestorsLeadFromTheRegionToItsRoot() {
        assertThat(tree.ancestors("town")).containsExactly("town", "UKC1", "UKC", "UK");
        assertThat(tree.ancestors("UKZZ")).containsExactly("UKZZ");
    }

    @Test
    void theCommonAncestorIsTheNearestRegionThatHoldsAll() {
        assertThat(tree.commonAncestor(List.of("town", "UKC2"))).hasValue("UKC");
        assertThat(tree.commonAncestor(List.of("town", "UKD"))).hasValue("UK");
        assertThat(tree.commonAncestor(List.of("town", "UKC1"))).hasValue("UKC1");
        assertThat(tree.commonAncestor(List.of("town"))).hasValue("town");
    }

    @Test
    void regionsOfDifferentRootsHaveNoCommonAncestor() {
        assertThat(tree.commonAncestor(List.of("town", "UKZZ"))).isEmpty();
        assertThat(tree.commonAncestor(List.of())).isEmpty();
    }

    @Test
    void aRegionInSeveralOthersIsAStraddlerOfEachAndAChildOfTheOneThatHoldsThem() {
        assertThat(tree.straddlers("UKC1")).containsExactly("straddler");
        assertThat(tree.straddlers("UKC2")).containsExactly("straddler");
        assertThat(tree.straddlers("UKC")).isEmpty();
        assertThat(tree.children("UKC1")).extracting(Region::code).containsExactly("town");
        assertThat(tree.children("UKC")).extracting(Region::code).containsExactly("UKC1", "UKC2", "straddler");
    }

    @Test
    void fromTheBottomUpEveryRegionComesOnceAndAfterItsChildren() {
        List<String> order = tree.bottomUp().stream().map(Region::code).toList();

        assertThat(order)
                .containsExactlyInAnyOrder("UK", "UKC", "UKD", "UKC1", "UKC2", "town", "straddler", "UKZZ")
                .containsSubsequence("town", "UKC1", "UKC", "UK")
                .containsSubsequence("straddler", "UKC");
    }

    @Test
    void aLoopIsNoHierarchy() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> tree(region("A", "NUTS0", null), region("B", "NUTS1", "C"), region("C", "NUTS2", "B")))
                .withMessageContaining("its own ancestor");
        assertThatIllegalArgumentException().isThrownBy(() -> tree(region("A", "NUTS0", "A")));
    }

    @Test
    void aCodeMetTwiceOrAParentThatIsNoRegionIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tree(region("A", "NUTS0", null), region("A", "NUTS0", null)))
                .withMessageContaining("A stands twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tree(region("B", "NUTS1", "A")))
                .withMessageContaining("region B names the parent A");
    }

    @Test
    void residualsAndExtraRegioAreNoPlaces() {
        assertThat(region("XX Energy", Region.RESIDUAL, "UKC").isPlace()).isFalse();
        assertThat(region("UKZZ", Region.EXTRA, null).isPlace()).isFalse();
        assertThat(region("UKC", "NUTS1", "UK").isPlace()).isTrue();
    }

    private static Region region(String code, String level, String parent, String... partial) {
        return new Region(code, code, level, Optional.ofNullable(parent), List.of(partial));
    }

    private static RegionTree tree(Region... regions) {
        return new RegionTree(Arrays.asList(regions));
    }
}
