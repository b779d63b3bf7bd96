package io.baton.jepsen.nemesis;

import java.util.ArrayList;
import java.util.List;

/** All kinds of faults. */
public final class Nemeses {
  /** Under this one two members may be active at a time, and only fences hold. */
  public static final String BEYOND_THE_BOUND = "clock-wild";

  private Nemeses() {}

  /** Those under which every promise has to hold; each with a name of its own. */
  public static List<Nemesis> usual() {
    List<Nemesis> usual = new ArrayList<>();
    usual.addAll(Processes.all());
    usual.addAll(Networks.all());
    usual.addAll(DiskFaults.all());
    usual.addAll(Lies.all());
    usual.add(new Memberships());
    usual.addAll(Operators.all());
    usual.addAll(Orders.all());
    usual.addAll(Ailments.all());
    return usual;
  }

  /** These, and the one that goes beyond what is promised. */
  public static List<Nemesis> all() {
    List<Nemesis> all = usual();
    all.add(Lies.wildClocks());
    return all;
  }
}
