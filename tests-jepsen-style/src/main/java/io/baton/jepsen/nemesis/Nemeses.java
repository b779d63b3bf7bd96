package io.baton.jepsen.nemesis;

import java.util.ArrayList;
import java.util.List;

/** All kinds of faults. */
public final class Nemeses {
  private Nemeses() {}

  /** Each with a name of its own. */
  public static List<Nemesis> all() {
    List<Nemesis> all = new ArrayList<>();
    all.addAll(Processes.all());
    all.addAll(Networks.all());
    all.addAll(DiskFaults.all());
    all.addAll(Lies.all());
    all.add(new Memberships());
    all.addAll(Operators.all());
    return all;
  }
}
