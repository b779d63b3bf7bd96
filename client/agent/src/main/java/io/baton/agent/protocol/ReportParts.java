package io.baton.agent.protocol;

import io.baton.agent.protocol.Outbound.Lapse;
import io.baton.agent.protocol.Outbound.SlotEpoch;
import io.baton.agent.protocol.Tenure.Phase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What there is to say of many tenures, in parts of which each is small enough for a coordinator,
 * which ends a stream that brings more than 256 KB at once. What is said of one tenure is in one
 * part. Parts do no harm, since nothing follows from what a report leaves out.
 */
final class ReportParts {
  static final int MAX_TENURES = 1_000;
  static final int MAX_BYTES = 128 * 1024;

  private static final int MAX_DETAIL_CHARS = 512;
  private static final int BYTES_A_TENURE = 64;
  private static final int BYTES_A_CHAR = 3;

  private final List<Part> done = new ArrayList<>();
  private Part filling = new Part();

  /** One report's lists. */
  static final class Part {
    final List<SlotEpoch> started = new ArrayList<>();
    final List<Lapse> lapsed = new ArrayList<>();
    final List<SlotEpoch> stopped = new ArrayList<>();
    private int tenures;
    private int bytes;
  }

  private ReportParts() {}

  /** At least one part, even if there is nothing to say. */
  static List<Part> of(Collection<Tenure> tenures) {
    ReportParts parts = new ReportParts();
    tenures.forEach(parts::add);
    parts.done.add(parts.filling);
    return parts.done;
  }

  private void add(Tenure tenure) {
    String detail = shortened(tenure.detail());
    int bytes = BYTES_A_TENURE + BYTES_A_CHAR * detail.length();
    if (filling.tenures == MAX_TENURES || filling.bytes + bytes > MAX_BYTES) {
      done.add(filling);
      filling = new Part();
    }
    filling.tenures++;
    filling.bytes += bytes;
    say(tenure, detail, filling);
  }

  private static void say(Tenure tenure, String detail, Part part) {
    SlotEpoch grant = new SlotEpoch(tenure.slot(), tenure.epoch());
    Cause cause = tenure.cause();
    if (tenure.phase() == Phase.ACTIVE) {
      part.started.add(grant);
    }
    if (cause != null && cause.isLapse()) {
      part.lapsed.add(new Lapse(grant.slot(), grant.epoch(), cause, detail));
    }
    if (tenure.phase() == Phase.STOPPED) {
      part.stopped.add(grant);
    }
  }

  private static String shortened(String detail) {
    return detail.length() <= MAX_DETAIL_CHARS ? detail : detail.substring(0, MAX_DETAIL_CHARS);
  }
}
