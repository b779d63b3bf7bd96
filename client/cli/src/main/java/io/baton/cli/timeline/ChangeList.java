package io.baton.cli.timeline;

import io.baton.cli.text.SlotRanges;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Changes of active, those that belong together as one: slots that went the same way at once. */
record ChangeList(List<Joint> joints) {
  /** What is left of a crash or a rebalance that moves many slots. */
  record Joint(ActiveChange first, TreeSet<Integer> slots, long freeMillis) {
    String ranges() {
      return SlotRanges.of(slots);
    }
  }

  /**
   * The oldest first.
   *
   * @param togetherMillis how far apart they may be
   */
  static ChangeList of(List<ActiveChange> changes, long togetherMillis) {
    List<Joint> joints = new ArrayList<>();
    for (ActiveChange change : changes) {
      int with = joint(joints, change, togetherMillis);
      if (with < 0) {
        TreeSet<Integer> slots = new TreeSet<>(List.of(change.slot()));
        joints.add(new Joint(change, slots, change.freeMillis()));
      } else {
        Joint old = joints.get(with);
        old.slots().add(change.slot());
        long free = Math.max(old.freeMillis(), change.freeMillis());
        joints.set(with, new Joint(old.first(), old.slots(), free));
      }
    }
    return new ChangeList(joints);
  }

  /** The place of the joint that the change belongs to; -1: it begins another. */
  private static int joint(List<Joint> joints, ActiveChange change, long togetherMillis) {
    for (int place = joints.size() - 1; place >= 0; place--) {
      Joint joint = joints.get(place);
      if (change.atMillis() - joint.first().atMillis() >= togetherMillis) {
        return -1;
      }
      if (goesWith(joint, change)) {
        return place;
      }
    }
    return -1;
  }

  private static boolean goesWith(Joint joint, ActiveChange change) {
    ActiveChange first = joint.first();
    return first.from().equals(change.from())
        && first.to().equals(change.to())
        && first.cause() == change.cause()
        && !joint.slots().contains(change.slot());
  }
}
