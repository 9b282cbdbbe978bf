package org.regionaldoughnut.schedule.access;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Hashes of passwords: {@code pbkdf2-sha256$<iterations>$<salt>$<hash>}, PBKDF2 with HMAC-SHA-256 as RFC 8018 has it.
 * The number of iterations is what OWASP's Password Storage Cheat Sheet asks for (600,000, 2023).
 */
public final class Passwords {
    public static final int LEAST_LENGTH = 10;
    private static final int ITERATIONS = 600_000;
    private static final int BITS = 256;
    private static final int SALT = 16;
    private static final String SCHEME = "pbkdf2-sha256";
    /** Without letters and digits that look alike. */
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private static final SecureRandom RANDOM = new SecureRandom();

    private Passwords() {}

    /** @throws IllegalArgumentException where it is too short */
    public static String hash(String password) {
        if (password.length() < LEAST_LENGTH) {
            throw new IllegalArgumentException("a password needs at least " + LEAST_LENGTH + " characters");
        }
        byte[] salt = new byte[SALT];
        RANDOM.nextBytes(salt);
        Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
        return SCHEME + "$" + ITERATIONS + "$" + encoder.encodeToString(salt) + "$"
                + encoder.encodeToString(derive(password, salt, ITERATIONS));
    }

    /** Whether the password is the one that was hashed; a hash that cannot be read fits none. */
    public static boolean fits(String password, String hash) {
        String[] parts = hash.split("\\$");
        if (parts.length != 4 || !parts[0].equals(SCHEME)) {
            return false;
        }
        try {
            byte[] derived = derive(password, Base64.getDecoder().decode(parts[2]), Integer.parseInt(parts[1]));
            return MessageDigest.isEqual(derived, Base64.getDecoder().decode(parts[3]));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A password for a first start: 20 characters, more than 110 bits. */
    public static String generated() {
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            password.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }

    private static byte[] derive(String password, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no PBKDF2", e);
        } finally {
            spec.clearPassword();
        }
    }
}
