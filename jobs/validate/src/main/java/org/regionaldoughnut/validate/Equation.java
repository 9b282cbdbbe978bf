package org.regionaldoughnut.validate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An equation of codes, {@code net = export - import}: words apart by blanks, since codes hold dashes themselves.
 *
 * @param text as it was written
 * @param first the code on the left, whose row is named where the equation does not hold
 * @param signs by code: 1 left of the equals sign, the opposite of their sign right of it
 */
record Equation(String text, String first, Map<String, Integer> signs) {

    /** @throws IllegalArgumentException where the text has another form */
    static Equation parse(String text) {
        List<String> words = List.of(text.strip().split("\\s+"));
        if (words.size() < 3 || !words.get(1).equals("=") || words.size() % 2 == 0) {
            throw new IllegalArgumentException("'" + text + "' is not an equation such as net = export - import");
        }
        Map<String, Integer> signs = new LinkedHashMap<>();
        signs.put(words.get(0), 1);
        int sign = -1;
        for (int i = 2; i < words.size(); i++) {
            String word = words.get(i);
            if (i % 2 == 0) {
                if (signs.put(word, sign) != null) {
                    throw new IllegalArgumentException("'" + text + "' names " + word + " twice");
                }
            } else if (word.equals("+") || word.equals("-")) {
                sign = word.equals("+") ? -1 : 1;
            } else {
                throw new IllegalArgumentException("'" + text + "' has '" + word + "' where + or - is expected");
            }
        }
        return new Equation(text.strip(), words.get(0), signs);
    }

    /** One code over another. */
    record Quotient(String numerator, String denominator) {}

    /** @throws IllegalArgumentException where the text is not {@code a / b}, or b is 0 */
    static Quotient quotient(String text) {
        String[] words = text.strip().split("\\s+");
        if (words.length != 3 || !words[1].equals("/")) {
            throw new IllegalArgumentException("'" + text + "' is not a quotient such as unemployed / active");
        }
        if (words[2].matches("0+(\\.0*)?")) {
            throw new IllegalArgumentException("'" + text + "' divides by zero");
        }
        return new Quotient(words[0], words[2]);
    }

    @Override
    public String toString() {
        return text;
    }
}
