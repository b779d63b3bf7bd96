package io.baton.coordinator.config;

import java.time.Duration;

/**
 * What hardly anybody needs to set.
 *
 * @param coreQueue clients' work that may wait for the core thread
 */
public record AdvancedConfig(Snapshots snapshots, Disk disk, int coreQueue) {
  static final String WATERMARK = "advanced.disk-watermark";
  static final String FLOOR = "advanced.disk-floor";
  static final String SEGMENT = "advanced.segment-size";
  private static final long LARGEST_SEGMENT = 1L << 30;

  /**
   * When a snapshot is taken, whichever comes first, and what is kept of the log behind it.
   *
   * @param entries after so many
   * @param interval after so long, if anything happened
   * @param logBytes after so much growth of the log
   * @param keptEntries kept for coordinators that come back soon
   */
  public record Snapshots(
      int entries, Duration interval, long logBytes, int keptEntries, long segmentBytes) {
    public Snapshots {
      if (segmentBytes > LARGEST_SEGMENT) {
        throw new RelationException(SEGMENT + " must be at most 1GB", SEGMENT);
      }
    }
  }

  /**
   * Free disk space.
   *
   * @param watermarkBytes below it no changes are taken
   * @param floorBytes below it the process stops
   */
  public record Disk(long watermarkBytes, long floorBytes) {
    public Disk {
      if (watermarkBytes <= floorBytes) {
        throw new RelationException(WATERMARK + " must be above " + FLOOR, WATERMARK, FLOOR);
      }
    }
  }
}
