package org.regionaldoughnut.indicators;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.input.ClassLoaderObjectInputStream;
import org.apache.commons.lang3.SerializationUtils;
import org.apache.spark.util.KnownSizeEstimation;

/**
 * A tree of records as it travels to the workers of Spark. Records of the model hold {@link Optional}, which Java does
 * not serialise; here they are taken apart and put together again by their constructors.
 */
final class Portable<T> implements Serializable, KnownSizeEstimation {
    private static final long serialVersionUID = 1L;

    /** In memory the tree is several times as large as packed. */
    private static final int UNPACKED = 10;

    /** Java makes them anew each time it is asked. */
    private static final ClassValue<List<Method>> ACCESSORS = new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getAccessor)
                    .peek(accessor -> accessor.setAccessible(true))
                    .toList();
        }
    };

    private final byte[] packed;
    private transient T whole;

    private Portable(byte[] packed, T whole) {
        this.packed = packed;
        this.whole = whole;
    }

    static <T> Portable<T> of(T tree) {
        return new Portable<>(SerializationUtils.serialize(takeApart(tree)), tree);
    }

    @SuppressWarnings("unchecked")
    synchronized T get() {
        if (whole == null) {
            whole = (T) putTogether(unpacked());
        }
        return whole;
    }

    /** By the loader that knows the records: a cluster may have another for what Spark brings. */
    private Object unpacked() {
        try (ObjectInputStream in =
                new ClassLoaderObjectInputStream(Portable.class.getClassLoader(), new ByteArrayInputStream(packed))) {
            return in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException("cannot read what was sent", e);
        }
    }

    /** Spark would look at each of its objects to find out. */
    @Override
    public long estimatedSize() {
        return (long) UNPACKED * packed.length;
    }

    private record Maybe(ArrayList<Serializable> value) implements Serializable {}

    private record Pairs(ArrayList<Serializable> keys, ArrayList<Serializable> values) implements Serializable {}

    private record Parts(Class<?> type, ArrayList<Serializable> values) implements Serializable {}

    private static Serializable takeApart(Object value) {
        if (value instanceof Optional<?> optional) {
            ArrayList<Serializable> inner = new ArrayList<>();
            optional.ifPresent(v -> inner.add(takeApart(v)));
            return new Maybe(inner);
        }
        if (value instanceof List<?> list) {
            return list(list);
        }
        if (value instanceof Map<?, ?> map) {
            return new Pairs(list(map.keySet()), list(map.values()));
        }
        if (value instanceof Record) {
            ArrayList<Serializable> values = new ArrayList<>();
            for (Method accessor : ACCESSORS.get(value.getClass())) {
                try {
                    values.add(takeApart(accessor.invoke(value)));
                } catch (IllegalAccessException | InvocationTargetException e) {
                    throw new IllegalStateException("cannot read " + accessor, e);
                }
            }
            return new Parts(value.getClass(), values);
        }
        return (Serializable) value;
    }

    private static ArrayList<Serializable> list(Iterable<?> items) {
        ArrayList<Serializable> list = new ArrayList<>();
        items.forEach(item -> list.add(takeApart(item)));
        return list;
    }

    private static Object putTogether(Object value) {
        if (value instanceof Maybe maybe) {
            return maybe.value.isEmpty() ? Optional.empty() : Optional.of(putTogether(maybe.value.get(0)));
        }
        if (value instanceof ArrayList<?> list) {
            return list.stream().map(Portable::putTogether).toList();
        }
        if (value instanceof Pairs pairs) {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < pairs.keys.size(); i++) {
                map.put(putTogether(pairs.keys.get(i)), putTogether(pairs.values.get(i)));
            }
            return map;
        }
        if (value instanceof Parts parts) {
            try {
                Class<?>[] types = Arrays.stream(parts.type.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new);
                Constructor<?> constructor = parts.type.getDeclaredConstructor(types);
                constructor.setAccessible(true);
                return constructor.newInstance(
                        parts.values.stream().map(Portable::putTogether).toArray());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot make a " + parts.type, e);
            }
        }
        return value;
    }
}
