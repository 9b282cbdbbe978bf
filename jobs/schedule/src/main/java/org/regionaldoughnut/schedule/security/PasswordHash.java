package org.regionaldoughnut.schedule.security;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** PBKDF2 with SHA-512, 210,000 rounds (the number that OWASP's password storage cheat sheet of 2023 names for it). */
public final class PasswordHash {
    private static final String KIND = "pbkdf2-sha512";
    private static final int ROUNDS = 210_000;
    private static final int BITS = 256;
    private static final SecureRandom RANDOM = new SecureRandom();

    private PasswordHash() {}

    /** {@code kind$rounds$salt$hash}. */
    public static String of(String password) {
        var salt = new byte[16];
        RANDOM.nextBytes(salt);
        return String.join("$", KIND, String.valueOf(ROUNDS), encoded(salt), encoded(derive(password, salt, ROUNDS)));
    }

    /** Whether the password fits, in a time that does not tell how much of it does. */
    public static boolean fits(String password, String hash) {
        var parts = hash.split("[$]");
        if (parts.length != 4 || !parts[0].equals(KIND)) {
            return false;
        }
        var decoder = Base64.getDecoder();
        var found = derive(password, decoder.decode(parts[2]), Integer.parseInt(parts[1]));
        return MessageDigest.isEqual(found, decoder.decode(parts[3]));
    }

    /** A password that nobody has chosen. */
    public static String generated() {
        var bytes = new byte[15];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] derive(String password, byte[] salt, int rounds) {
        try {
            var keys = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512");
            return keys.generateSecret(new PBEKeySpec(password.toCharArray(), salt, rounds, BITS))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has PBKDF2", e);
        }
    }
}
