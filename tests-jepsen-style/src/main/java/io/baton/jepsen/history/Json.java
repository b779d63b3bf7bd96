package io.baton.jepsen.history;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Writes maps, lists, strings and whole numbers as JSON that may stand in an HTML script element:
 * pure ASCII, without {@code <}, {@code >} and {@code &}. Pure.
 */
public final class Json {
  private final StringBuilder out = new StringBuilder();

  private Json() {}

  /**
   * The text of a value.
   *
   * @throws IllegalArgumentException there is something else in it
   */
  public static String of(Object value) {
    Json json = new Json();
    json.value(value);
    return json.out.toString();
  }

  private void value(Object value) {
    if (value instanceof String text) {
      string(text);
    } else if (value instanceof Long || value instanceof Integer) {
      out.append(value);
    } else if (value instanceof List<?> list) {
      list(list);
    } else if (value instanceof Map<?, ?> map) {
      map(map);
    } else {
      throw new IllegalArgumentException("not to be written as JSON: " + value.getClass());
    }
  }

  private void list(List<?> list) {
    String between = "";
    out.append('[');
    for (Object element : list) {
      out.append(between);
      value(element);
      between = ",";
    }
    out.append(']');
  }

  private void map(Map<?, ?> map) {
    out.append('{');
    for (Iterator<? extends Map.Entry<?, ?>> i = map.entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<?, ?> entry = i.next();
      string(entry.getKey().toString());
      out.append(':');
      value(entry.getValue());
      out.append(i.hasNext() ? "," : "");
    }
    out.append('}');
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || "\"\\<>&".indexOf(c) >= 0) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
