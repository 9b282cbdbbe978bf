package org.regionaldoughnut.indicators;

import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tree of records as it travels to the workers of Spark. Records of the model hold {@link Optional}, which Java does
 * not serialise; here they are taken apart and put together again by their constructors.
 */
final class Portable<T> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Serializable parts;
    private transient T whole;

    private Portable(Serializable parts) {
        this.parts = parts;
    }

    static <T> Portable<T> of(T tree) {
        Portable<T> portable = new Portable<>(takeApart(tree));
        portable.whole = tree;
        return portable;
    }

    @SuppressWarnings("unchecked")
    synchronized T get() {
        if (whole == null) {
            whole = (T) putTogether(parts);
        }
        return whole;
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
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                try {
                    component.getAccessor().setAccessible(true);
                    values.add(takeApart(component.getAccessor().invoke(value)));
                } catch (IllegalAccessException | InvocationTargetException e) {
                    throw new IllegalStateException("cannot read " + component, e);
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
