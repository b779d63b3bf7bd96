package io.baton.jepsen.cluster;

import java.util.ArrayList;
import java.util.List;

/** Decides where coordinators run. */
@FunctionalInterface
public interface Placement {
  /** All of them on the loopback interface, each with free ports of its own. */
  Placement LOOPBACK = Placement::onLoopback;

  /** The sites of these coordinators, in their order. */
  List<Site> sites(List<String> ids);

  private static List<Site> onLoopback(List<String> ids) {
    List<Integer> ports = Ports.free(3 * ids.size());
    List<Site> sites = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      sites.add(Site.loopback(ports.subList(3 * i, 3 * i + 3)));
    }
    return sites;
  }
}
