package org.regionaldoughnut.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Arithmetic over named terms: numbers, names, {@code + - * / ( )} and the functions {@code abs max min}. Names are
 * written in small or capital letters alike. It is read once and evaluated in double precision.
 */
public final class Formula {
    private final String text;
    private final Node root;

    private Formula(String text, Node root) {
        this.text = text;
        this.root = root;
    }

    private enum Operator {
        NUMBER,
        NAME,
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        NEGATE,
        ABS,
        MAX,
        MIN
    }

    private record Node(Operator operator, double number, String name, List<Node> of) {
        static Node of(Operator operator, Node... of) {
            return new Node(operator, 0, "", List.of(of));
        }
    }

    /** @throws IllegalArgumentException where the text is no such arithmetic; the message says at which place */
    public static Formula of(String text) {
        Reader reader = new Reader(text);
        Node root = reader.sum();
        reader.end();
        return new Formula(text, root);
    }

    /** The names of the terms, in small letters. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        names(root, names);
        return names;
    }

    private static void names(Node node, Set<String> names) {
        if (node.operator == Operator.NAME) {
            names.add(node.name);
        }
        node.of.forEach(below -> names(below, names));
    }

    /** The two names of a formula that is one quotient of two terms, whatever number it is multiplied by. */
    public Optional<List<String>> quotient() {
        Node node = root;
        while (node.operator == Operator.MULTIPLY && node.of.stream().anyMatch(n -> n.operator == Operator.NUMBER)) {
            node = node.of.get(node.of.get(0).operator == Operator.NUMBER ? 1 : 0);
        }
        boolean named = node.operator == Operator.DIVIDE && node.of.stream().allMatch(n -> n.operator == Operator.NAME);
        return named ? Optional.of(List.of(node.of.get(0).name, node.of.get(1).name)) : Optional.empty();
    }

    /** The value; not a finite number after a division by zero. */
    public double value(ToDoubleFunction<String> terms) {
        // adding zero: no formula gives a negative zero
        return value(root, terms) + 0.0;
    }

    private static double value(Node node, ToDoubleFunction<String> terms) {
        return switch (node.operator) {
            case NUMBER -> node.number;
            case NAME -> terms.applyAsDouble(node.name);
            case ADD -> value(node.of.get(0), terms) + value(node.of.get(1), terms);
            case SUBTRACT -> value(node.of.get(0), terms) - value(node.of.get(1), terms);
            case MULTIPLY -> value(node.of.get(0), terms) * value(node.of.get(1), terms);
            case DIVIDE -> value(node.of.get(0), terms) / value(node.of.get(1), terms);
            case NEGATE -> -value(node.of.get(0), terms);
            case ABS -> Math.abs(value(node.of.get(0), terms));
            case MAX -> node.of.stream().mapToDouble(n -> value(n, terms)).reduce(Double.NEGATIVE_INFINITY, Math::max);
            case MIN -> node.of.stream().mapToDouble(n -> value(n, terms)).reduce(Double.POSITIVE_INFINITY, Math::min);
        };
    }

    /**
     * What is wrong with the units of the formula: terms of different units that are added, subtracted or compared. A
     * number changes the unit of what it multiplies, so that its result may be added to anything.
     *
     * @param unitOf unit of a term, none where it is not known
     */
    public Optional<String> unitMismatch(Function<String, Optional<String>> unitOf) {
        try {
            unit(root, unitOf);
            return Optional.empty();
        } catch (UnitMismatch e) {
            return Optional.of(e.getMessage());
        }
    }

    private static final class UnitMismatch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnitMismatch(String message) {
            super(message, null, false, false);
        }
    }

    /** Null where the unit is not known. */
    private static String unit(Node node, Function<String, Optional<String>> unitOf) {
        return switch (node.operator) {
            case NUMBER -> null;
            case NAME -> unitOf.apply(node.name).orElse(null);
            case ADD, SUBTRACT, MAX, MIN -> {
                String common = null;
                for (Node below : node.of) {
                    String unit = unit(below, unitOf);
                    if (common != null && unit != null && !common.equals(unit)) {
                        throw new UnitMismatch(
                                "it " + verb(node.operator) + " " + common + " and " + unit + " (" + shown(node) + ")");
                    }
                    common = common == null ? unit : common;
                }
                yield common;
            }
            case MULTIPLY, DIVIDE -> {
                String left = unit(node.of.get(0), unitOf);
                String right = unit(node.of.get(1), unitOf);
                yield left == null || right == null || left.equals(right)
                        ? null
                        : left + (node.operator == Operator.MULTIPLY ? "*" : "/") + right;
            }
            case NEGATE, ABS -> unit(node.of.get(0), unitOf);
        };
    }

    private static String verb(Operator operator) {
        return switch (operator) {
            case ADD -> "adds";
            case SUBTRACT -> "subtracts";
            default -> "compares";
        };
    }

    private static String shown(Node node) {
        return switch (node.operator) {
            case NUMBER -> Double.toString(node.number);
            case NAME -> node.name;
            case ADD -> shown(node.of.get(0)) + " + " + shown(node.of.get(1));
            case SUBTRACT -> shown(node.of.get(0)) + " - " + shown(node.of.get(1));
            case MULTIPLY -> shown(node.of.get(0)) + " * " + shown(node.of.get(1));
            case DIVIDE -> shown(node.of.get(0)) + " / " + shown(node.of.get(1));
            case NEGATE -> "-" + shown(node.of.get(0));
            default ->
                node.operator.name().toLowerCase(Locale.ROOT) + "("
                        + String.join(", ", node.of.stream().map(Formula::shown).toList())
                        + ")";
        };
    }

    @Override
    public String toString() {
        return text;
    }

    /** Reads by descent: sums of products of signed factors. */
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        Node sum() {
            Node left = product();
            while (true) {
                if (take('+')) {
                    left = Node.of(Operator.ADD, left, product());
                } else if (take('-')) {
                    left = Node.of(Operator.SUBTRACT, left, product());
                } else {
                    return left;
                }
            }
        }

        private Node product() {
            Node left = factor();
            while (true) {
                if (take('*')) {
                    left = Node.of(Operator.MULTIPLY, left, factor());
                } else if (take('/')) {
                    left = Node.of(Operator.DIVIDE, left, factor());
                } else {
                    return left;
                }
            }
        }

        private Node factor() {
            if (take('-')) {
                return Node.of(Operator.NEGATE, factor());
            }
            if (take('(')) {
                Node inner = sum();
                need(')');
                return inner;
            }
            skipSpace();
            int start = at;
            while (at < text.length() && isWord(text.charAt(at), start)) {
                at++;
            }
            String word = text.substring(start, at);
            if (word.isEmpty()) {
                throw wrong("a term or a number is missing");
            }
            if (Character.isDigit(word.charAt(0)) || word.charAt(0) == '.') {
                try {
                    return new Node(Operator.NUMBER, Double.parseDouble(word), "", List.of());
                } catch (NumberFormatException e) {
                    throw wrong("'" + word + "' is no number");
                }
            }
            return take('(') ? function(word) : new Node(Operator.NAME, 0, word.toLowerCase(Locale.ROOT), List.of());
        }

        private boolean isWord(char c, int start) {
            boolean exponent = (c == '-' || c == '+')
                    && at > start
                    && Character.isDigit(text.charAt(start))
                    && Character.toLowerCase(text.charAt(at - 1)) == 'e';
            return Character.isLetterOrDigit(c) || c == '_' || c == '.' || exponent;
        }

        private Node function(String name) {
            List<Node> arguments = new ArrayList<>();
            do {
                arguments.add(sum());
            } while (take(','));
            need(')');
            Operator operator =
                    switch (name.toLowerCase(Locale.ROOT)) {
                        case "abs" -> Operator.ABS;
                        case "max" -> Operator.MAX;
                        case "min" -> Operator.MIN;
                        default -> throw wrong("there is no function '" + name + "', only abs, max and min");
                    };
            if (operator == Operator.ABS && arguments.size() != 1) {
                throw wrong("abs takes one argument");
            }
            return Node.of(operator, arguments.toArray(Node[]::new));
        }

        private boolean take(char wanted) {
            skipSpace();
            if (at < text.length() && text.charAt(at) == wanted) {
                at++;
                return true;
            }
            return false;
        }

        private void need(char wanted) {
            if (!take(wanted)) {
                throw wrong("'" + wanted + "' is missing");
            }
        }

        void end() {
            skipSpace();
            if (at < text.length()) {
                throw wrong("'" + text.charAt(at) + "' is not expected");
            }
        }

        private void skipSpace() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        private IllegalArgumentException wrong(String what) {
            return new IllegalArgumentException(what + " at place " + (at + 1));
        }
    }
}
