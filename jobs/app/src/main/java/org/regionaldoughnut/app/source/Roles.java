package org.regionaldoughnut.app.source;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the columns of a sample usually hold, told by their names. */
final class Roles {
    private final Map<String, References.Role> roles = new LinkedHashMap<>();

    Roles(ReceivedSample sample, References references) {
        for (String name : sample.names()) {
            references.role(name, sample.names()).ifPresent(role -> roles.put(name, role));
        }
    }

    List<String> of(String role) {
        return roles.entrySet().stream()
                .filter(entry -> entry.getValue().role().equals(role))
                .map(Map.Entry::getKey)
                .toList();
    }

    Optional<References.Role> role(String name) {
        return Optional.ofNullable(roles.get(name));
    }

    boolean is(String name, String role) {
        return role(name).filter(of -> of.role().equals(role)).isPresent();
    }
}
