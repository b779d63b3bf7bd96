package io.baton.jepsen.net;

import io.baton.jepsen.cluster.Site;
import java.util.ArrayList;
import java.util.List;

/**
 * A network of hosts, each for one process, and what can be wrong with it. Coordinators reach each
 * other, agents reach coordinators. The harness reaches all of them at any time.
 *
 * <p>Faults add up, each until its repair or {@link #heal}; one of a host that is gone is none.
 * Thread-safe; every method returns when what it says is so.
 */
public interface Fabric extends AutoCloseable {
  /** What it is made of, in a few words. */
  String kind();

  /** A host for the coordinator of that name; the same each time. */
  Site coordinator(String host);

  /** A host for the agent of that name; the same each time. */
  Site agent(String host);

  /** That host is gone for good. */
  void remove(String host);

  /** Where the harness listens, as the hosts know it. */
  String harnessHost();

  /** Nothing that {@code from} sends reaches {@code to}. */
  Repair cut(String from, String to);

  /** Everything to and from that host takes long. */
  Repair slow(String host);

  /** That share of what that host sends and gets is lost, and sent again. */
  Repair lose(String host, int percent);

  /**
   * Every connection of that host ends with a reset: at once, or until the repair as soon as
   * something comes by it.
   */
  Repair reset(String host);

  /** No host is cut off, slow or lossy any more. */
  void heal();

  /** Nothing either way between any of these and any of those. */
  default Repair partition(List<String> these, List<String> those) {
    List<Repair> repairs = new ArrayList<>();
    for (String one : these) {
      for (String other : those) {
        repairs.add(cut(one, other));
        repairs.add(cut(other, one));
      }
    }
    return Repair.all(repairs);
  }

  /** Ends the network; the processes in it are gone by then. */
  @Override
  void close();
}
