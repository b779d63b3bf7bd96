package io.baton.jepsen.report;

import java.util.List;

/**
 * A row of the picture.
 *
 * @param group heading above this lane and its neighbours of the same group, such as {@code agents
 *     of g-1}
 * @param bars in any order; they may overlap
 */
public record Lane(String name, String group, List<Bar> bars) {
  public Lane {
    bars = List.copyOf(bars);
  }
}
