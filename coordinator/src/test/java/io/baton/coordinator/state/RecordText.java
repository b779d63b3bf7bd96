package io.baton.coordinator.state;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Records as one line of text, and back: {@code Join(session=3,group=orders,readiness=READY)}.
 *
 * <p>Parts that have their type's default (0, false, empty, null) are left out and read back as it,
 * as in protobuf: so a recorded text, and a digest of one, stay as they are when a record gets a
 * further part that they don't use. Lists and maps hold no empty texts.
 */
final class RecordText {
  /** What records are when nothing was said. */
  private static final Map<Class<?>, Record> DEFAULTS =
      Map.of(
          Site.class, Site.UNKNOWN,
          Progress.class, Progress.NONE,
          FailoverPolicy.class, FailoverPolicy.DEFAULT,
          Preference.class, Preference.NONE,
          Standing.class, Standing.NORMAL,
          Withheld.class, Withheld.NONE);

  private final String text;
  private int at;

  private RecordText(String text) {
    this.text = text;
  }

  // ------------------------------------------------------------------ writing

  static String write(Record record) {
    StringBuilder parts = new StringBuilder();
    for (RecordComponent part : record.getClass().getRecordComponents()) {
      Object value = valueOf(record, part);
      if (value != null && !isDefault(value)) {
        parts.append(parts.isEmpty() ? "" : ",").append(part.getName()).append('=');
        parts.append(writeValue(value));
      }
    }
    return record.getClass().getSimpleName() + "(" + parts + ")";
  }

  private static String writeValue(Object value) {
    if (value instanceof Record record) {
      return write(record);
    }
    if (value instanceof List<?> list) {
      return "[" + String.join(",", list.stream().map(RecordText::writeValue).toList()) + "]";
    }
    if (value instanceof Map<?, ?> map) {
      TreeMap<String, String> sorted = new TreeMap<>();
      map.forEach((k, v) -> sorted.put(writeValue(k), writeValue(v)));
      List<String> entries =
          sorted.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
      return "{" + String.join(",", entries) + "}";
    }
    return value instanceof Enum<?> constant
        ? constant.name()
        : URLEncoder.encode(value.toString(), StandardCharsets.UTF_8);
  }

  private static boolean isDefault(Object value) {
    return value.equals(0L)
        || value.equals(0)
        || value.equals(false)
        || value.equals("")
        || value.equals(List.of())
        || value.equals(Map.of())
        || value.equals(DEFAULTS.get(value.getClass()));
  }

  private static @Nullable Object valueOf(Record record, RecordComponent part) {
    try {
      return part.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }

  // ------------------------------------------------------------------ reading

  /** Reads a record of this type, or of one that the sealed type permits. */
  static <T> T read(Class<T> type, String text) {
    RecordText reader = new RecordText(text);
    T value = type.cast(reader.record(type));
    if (reader.at != text.length()) {
      throw reader.unexpected();
    }
    return value;
  }

  private Object record(Class<?> declared) {
    Class<?> type = named(declared, word());
    Map<String, RecordComponent> parts = new LinkedHashMap<>();
    for (RecordComponent part : type.getRecordComponents()) {
      parts.put(part.getName(), part);
    }
    Map<String, Object> values = new LinkedHashMap<>();
    expect('(');
    while (!found(')')) {
      String name = word();
      RecordComponent part = parts.get(name);
      if (part == null) {
        throw new IllegalArgumentException(type.getSimpleName() + " has no " + name);
      }
      expect('=');
      values.put(name, value(part.getGenericType()));
      found(',');
    }
    return construct(type, parts, values);
  }

  private static Class<?> named(Class<?> declared, String name) {
    if (declared.isRecord() && declared.getSimpleName().equals(name)) {
      return declared;
    }
    Class<?>[] permitted =
        declared.isSealed() ? declared.getPermittedSubclasses() : new Class<?>[0];
    return Arrays.stream(permitted)
        .filter(c -> c.getSimpleName().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(name + " is no " + declared.getSimpleName()));
  }

  private Object value(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == List.class ? list(arguments[0]) : map(arguments[1]);
    }
    Class<?> plain = (Class<?>) type;
    return plain.isRecord() || plain.isSealed() ? record(plain) : scalar(plain, word());
  }

  private List<Object> list(Type element) {
    List<Object> values = new ArrayList<>();
    expect('[');
    while (!found(']')) {
      values.add(value(element));
      found(',');
    }
    return values;
  }

  private Map<String, Object> map(Type element) {
    Map<String, Object> values = new LinkedHashMap<>();
    expect('{');
    while (!found('}')) {
      String key = word();
      expect('=');
      values.put(key, value(element));
      found(',');
    }
    return values;
  }

  private static Object scalar(Class<?> type, String word) {
    if (type == long.class || type == Long.class) {
      return Long.valueOf(word);
    }
    if (type == int.class) {
      return Integer.valueOf(word);
    }
    if (type == boolean.class) {
      return Boolean.valueOf(word);
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .filter(c -> c.toString().equals(word))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException(word + " is no " + type));
    }
    return word;
  }

  private static Object construct(
      Class<?> type, Map<String, RecordComponent> parts, Map<String, Object> values) {
    Class<?>[] types =
        parts.values().stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
    @Nullable Object[] arguments = new @Nullable Object[types.length];
    int i = 0;
    for (String name : parts.keySet()) {
      arguments[i] = values.containsKey(name) ? values.get(name) : defaultOf(types[i]);
      i++;
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(type.getSimpleName() + values, e);
    }
  }

  private static @Nullable Object defaultOf(Class<?> type) {
    if (type == List.class) {
      return List.of();
    }
    if (type == Map.class) {
      return Map.of();
    }
    if (type == String.class) {
      return "";
    }
    if (type == boolean.class) {
      return false;
    }
    if (type == long.class || type == Long.class) {
      return 0L;
    }
    return type == int.class ? 0 : DEFAULTS.get(type);
  }

  // ------------------------------------------------------------------ characters

  private String word() {
    int start = at;
    while (at < text.length() && "()[]{}=,".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return URLDecoder.decode(text.substring(start, at), StandardCharsets.UTF_8);
  }

  private boolean found(char c) {
    if (at >= text.length()) {
      throw unexpected();
    }
    boolean here = text.charAt(at) == c;
    at += here ? 1 : 0;
    return here;
  }

  private void expect(char c) {
    if (!found(c)) {
      throw unexpected();
    }
  }

  private IllegalArgumentException unexpected() {
    return new IllegalArgumentException("unexpected at " + at + " of: " + text);
  }
}
