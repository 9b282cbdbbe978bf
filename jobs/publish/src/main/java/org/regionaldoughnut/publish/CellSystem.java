package org.regionaldoughnut.publish;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.math3.optim.MaxIter;
import org.apache.commons.math3.optim.PointValuePair;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NoFeasibleSolutionException;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;
import org.apache.commons.math3.optim.linear.UnboundedSolutionException;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;

/**
 * Figures that add up: cells, and equations "this cell is the sum of those". An outsider knows the equations and all
 * cells but the suppressed ones; {@link #audit} says by linear programming how closely they then know a suppressed one.
 */
final class CellSystem {
    private static final int STEPS = 100_000;

    private final double[] values;
    private final boolean nonNegative;
    private final List<Sum> sums;
    private final List<List<Sum>> ofCell = new ArrayList<>();

    /** One cell is the sum of others. */
    record Sum(int total, List<Integer> parts) {
        Sum {
            parts = List.copyOf(parts);
        }

        IntStream cells() {
            return IntStream.concat(IntStream.of(total), parts.stream().mapToInt(Integer::intValue));
        }

        int sign(int cell) {
            return cell == total ? -1 : 1;
        }
    }

    /** @param values the figure of each cell; where even we do not know it, any that fits the sums */
    CellSystem(double[] values, Collection<Sum> sums) {
        this.values = values.clone();
        this.sums = List.copyOf(sums);
        this.nonNegative = IntStream.range(0, values.length).allMatch(i -> values[i] >= 0);
        for (int i = 0; i < values.length; i++) {
            ofCell.add(new ArrayList<>());
        }
        for (Sum sum : this.sums) {
            sum.cells().forEach(cell -> ofCell.get(cell).add(sum));
        }
    }

    int size() {
        return values.length;
    }

    double value(int cell) {
        return values[cell];
    }

    /** Below it no cell can be. */
    double floor() {
        return nonNegative ? 0 : Double.NEGATIVE_INFINITY;
    }

    List<Sum> sumsOf(int cell) {
        return ofCell.get(cell);
    }

    /** Cells of the same sums as the cell, and of their sums through suppressed cells: nearest first. */
    List<Integer> around(int cell, BitSet suppressed) {
        List<Integer> order = new ArrayList<>();
        BitSet seen = new BitSet();
        seen.set(cell);
        Deque<Integer> open = new ArrayDeque<>(List.of(cell));
        while (!open.isEmpty()) {
            for (Sum sum : ofCell.get(open.remove())) {
                sum.cells().filter(other -> !seen.get(other)).forEach(other -> {
                    seen.set(other);
                    order.add(other);
                    if (suppressed.get(other)) {
                        open.add(other);
                    }
                });
            }
        }
        return order;
    }

    /** The least and the most the suppressed cell can be, for who knows all cells that are not suppressed. */
    Interval audit(int cell, BitSet suppressed) {
        Map<Integer, Integer> variables = new TreeMap<>();
        variables.put(cell, 0);
        for (int other : around(cell, suppressed)) {
            if (suppressed.get(other)) {
                variables.put(other, variables.size());
            }
        }
        double scale = variables.keySet().stream()
                .mapToDouble(v -> Math.abs(values[v]))
                .max()
                .orElse(1);
        double unit = scale > 0 ? scale : 1;
        List<LinearConstraint> constraints = new ArrayList<>();
        for (Sum sum : sums) {
            if (sum.cells().noneMatch(variables::containsKey)) {
                continue;
            }
            double[] row = new double[variables.size()];
            double side = 0;
            for (int other : sum.cells().toArray()) {
                if (variables.containsKey(other)) {
                    row[variables.get(other)] += sum.sign(other);
                    // the true figures fit, also where published totals differ from their parts by rounding
                    side += sum.sign(other) * values[other] / unit;
                }
            }
            constraints.add(new LinearConstraint(row, Relationship.EQ, side));
        }
        if (constraints.isEmpty()) {
            return new Interval(floor(), Double.POSITIVE_INFINITY);
        }
        double[] goal = new double[variables.size()];
        goal[0] = 1;
        return new Interval(
                unit * extreme(goal, constraints, GoalType.MINIMIZE),
                unit * extreme(goal, constraints, GoalType.MAXIMIZE));
    }

    private double extreme(double[] goal, List<LinearConstraint> constraints, GoalType type) {
        try {
            PointValuePair solution = new SimplexSolver()
                    .optimize(
                            new MaxIter(STEPS),
                            new LinearObjectiveFunction(goal, 0),
                            new LinearConstraintSet(constraints),
                            new NonNegativeConstraint(nonNegative),
                            type);
            return solution.getValue();
        } catch (UnboundedSolutionException e) {
            return type == GoalType.MAXIMIZE ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        } catch (NoFeasibleSolutionException e) {
            // the true figures are a solution: only their last digits can say otherwise, so nothing is open
            return Double.NaN;
        }
    }
}
