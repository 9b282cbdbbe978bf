package org.regionaldoughnut.indicators;

import java.util.Arrays;

/** Numbers keys from 0 on, as they come; kept in arrays, since there are millions. */
final class Numbering {
    private static final int FIRST_CAPACITY = 1 << 10;
    private static final int NONE = -1;

    private int size;
    private int[] slots = new int[2 * FIRST_CAPACITY];
    private long[] keys = new long[FIRST_CAPACITY];

    Numbering() {
        Arrays.fill(slots, NONE);
    }

    int size() {
        return size;
    }

    long key(int number) {
        return keys[number];
    }

    void clear() {
        size = 0;
        Arrays.fill(slots, NONE);
    }

    /** The number of the key; one that is new gets the next. */
    int number(long key) {
        int mask = slots.length - 1;
        int slot = mixed(key) & mask;
        while (slots[slot] != NONE) {
            if (keys[slots[slot]] == key) {
                return slots[slot];
            }
            slot = (slot + 1) & mask;
        }
        if (size == keys.length) {
            grow();
            return number(key);
        }
        slots[slot] = size;
        keys[size] = key;
        return size++;
    }

    private static int mixed(long key) {
        return (int) (key * 0x9E3779B97F4A7C15L >>> 32);
    }

    private void grow() {
        keys = Arrays.copyOf(keys, 2 * keys.length);
        slots = new int[2 * keys.length];
        Arrays.fill(slots, NONE);
        int mask = slots.length - 1;
        for (int number = 0; number < size; number++) {
            int slot = mixed(keys[number]) & mask;
            while (slots[slot] != NONE) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = number;
        }
    }
}
