package io.baton.coordinator.codec;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Fills records at random, so that a field which a codec forgets is found without a test of its
 * own.
 */
final class RandomRecords {
  private static final String ALPHABET = "ab\0\u00e9\u20ac._-";
  private final Random random;

  RandomRecords(long seed) {
    random = new Random(seed);
  }

  /** A record of this type, or of one of the records that a sealed interface permits. */
  <T> T of(Class<T> type) {
    if (type.isSealed()) {
      Class<?>[] permitted = type.getPermittedSubclasses();
      return type.cast(of(permitted[random.nextInt(permitted.length)]));
    }
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    @Nullable Object[] values = Arrays.stream(components).map(this::value).toArray();
    try {
      Constructor<T> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type + " can't be made", e);
    }
  }

  private @Nullable Object value(RecordComponent component) {
    boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    if (nullable && random.nextInt(3) == 0) {
      return null;
    }
    if (component.getName().equals("unknownFields")) {
      return bytesAsChars();
    }
    return value(component.getGenericType());
  }

  private Object value(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == List.class
          ? list(arguments[0])
          : map(arguments[0], arguments[1]);
    }
    Class<?> plain = (Class<?>) type;
    if (plain == String.class) {
      return text();
    } else if (plain == long.class) {
      return random.nextBoolean() ? random.nextLong() : (long) random.nextInt(3);
    } else if (plain == int.class) {
      return random.nextInt();
    } else if (plain == boolean.class) {
      return random.nextBoolean();
    } else if (plain == UUID.class) {
      return new UUID(random.nextLong(), random.nextLong());
    } else if (plain == Long.class) {
      return random.nextLong();
    } else if (plain.isEnum()) {
      Object[] constants = plain.getEnumConstants();
      return constants[random.nextInt(constants.length)];
    }
    return of(plain);
  }

  private List<Object> list(Type element) {
    List<Object> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(value(element));
    }
    return list;
  }

  private Map<Object, Object> map(Type key, Type element) {
    Map<Object, Object> map = new HashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put(value(key), value(element));
    }
    return map;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  private String bytesAsChars() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append((char) random.nextInt(256));
    }
    return text.toString();
  }
}
