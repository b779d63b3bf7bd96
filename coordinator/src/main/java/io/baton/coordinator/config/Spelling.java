package io.baton.coordinator.config;

import java.util.Collection;
import java.util.Comparator;

/** Finds the word that was meant. */
final class Spelling {
  private static final int MAX_DISTANCE = 3;

  private Spelling() {}

  /** {@code " (did you mean 'x'?)"}, or nothing where no word is near. */
  static String suggestion(String word, Collection<String> known) {
    return known.stream()
        .filter(k -> distance(word, k) <= MAX_DISTANCE)
        .min(Comparator.comparingInt((String k) -> distance(word, k)).thenComparing(k -> k))
        .map(k -> " (did you mean '" + k + "'?)")
        .orElse("");
  }

  /** Levenshtein's, one row at a time. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
