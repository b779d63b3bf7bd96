package io.baton.coordinator.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import io.baton.coordinator.state.Progress;
import io.baton.coordinator.state.Renewal;
import io.baton.coordinator.state.Request;
import io.baton.coordinator.state.RequestId;
import io.baton.coordinator.state.Round;
import io.baton.coordinator.state.RoundId;
import io.baton.disk.v1.LogEntry;
import io.baton.disk.v1.LogRequest;
import io.baton.disk.v1.LogRequestId;
import io.baton.disk.v1.LogRound;
import io.baton.disk.v1.RenewalProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A round as a log entry holds it. */
public final class LogCodec {
  /** The format that this version writes, and the newest that it reads. */
  static final int FORMAT = 1;

  private LogCodec() {}

  /** The bytes of a log entry. */
  public static byte[] encode(Round round) {
    LogRound.Builder builder =
        LogRound.newBuilder()
            .setProposerHigh(round.id().proposer().getMostSignificantBits())
            .setProposerLow(round.id().proposer().getLeastSignificantBits())
            .setSequence(round.id().sequence())
            .setAtMillis(round.atMillis());
    for (Renewal renewal : round.renewals()) {
      int place = builder.getRenewalSessionsCount();
      builder.addRenewalSessions(renewal.session()).addRenewalKeepalives(renewal.keepalive());
      renewal
          .progress()
          .forEach(
              (group, progress) ->
                  builder.addProgress(
                      RenewalProgress.newBuilder()
                          .setRenewal(place)
                          .setProgress(Types.encode(group, progress))));
    }
    round.requests().forEach(request -> builder.addRequests(encode(request)));
    return LogEntry.newBuilder().setFormat(FORMAT).setRound(builder).build().toByteArray();
  }

  /**
   * The round of a log entry.
   *
   * @throws CorruptDataException the entry can't be understood; going on without it would part the
   *     replicas
   */
  public static Round decode(byte[] bytes) throws CorruptDataException {
    LogEntry entry;
    try {
      entry = LogEntry.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new CorruptDataException("not a log entry", e);
    }
    if (entry.getFormat() != FORMAT) {
      throw new CorruptDataException(
          "log entry of format " + entry.getFormat() + "; this version reads " + FORMAT);
    }
    return decode(entry.getRound());
  }

  private static Round decode(LogRound round) throws CorruptDataException {
    int count = round.getRenewalSessionsCount();
    if (round.getRenewalKeepalivesCount() != count) {
      throw new CorruptDataException("renewals without keepalive numbers, or the reverse");
    }
    List<Renewal> renewals = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      renewals.add(new Renewal(round.getRenewalSessions(i), round.getRenewalKeepalives(i)));
    }
    progress(round, renewals);
    List<Request> requests = new ArrayList<>(round.getRequestsCount());
    for (LogRequest request : round.getRequestsList()) {
      requests.add(
          new Request(
              requestId(request),
              Types.decode(request.getActor()),
              CommandDecoder.decode(request)));
    }
    UUID proposer = new UUID(round.getProposerHigh(), round.getProposerLow());
    return new Round(
        new RoundId(proposer, round.getSequence()), round.getAtMillis(), renewals, requests);
  }

  private static void progress(LogRound round, List<Renewal> renewals) throws CorruptDataException {
    Map<Integer, Map<String, Progress>> byPlace = new TreeMap<>();
    for (RenewalProgress said : round.getProgressList()) {
      int place = said.getRenewal();
      if (place < 0 || place >= renewals.size()) {
        throw new CorruptDataException("progress of a renewal that is not there");
      }
      byPlace
          .computeIfAbsent(place, p -> new TreeMap<>())
          .put(said.getProgress().getGroup(), Types.decode(said.getProgress()));
    }
    byPlace.forEach((place, said) -> renewals.set(place, renewals.get(place).with(said)));
  }

  private static LogRequest.Builder encode(Request request) {
    LogRequest.Builder builder = LogRequest.newBuilder().setActor(Types.encode(request.actor()));
    RequestId id = request.id();
    if (id != null) {
      builder.setId(
          LogRequestId.newBuilder()
              .setClient(id.client())
              .setSequence(id.sequence())
              .setBaseRevision(id.baseRevision()));
    }
    return request.command().accept(new CommandEncoder(builder));
  }

  private static @Nullable RequestId requestId(LogRequest request) {
    if (!request.hasId()) {
      return null;
    }
    LogRequestId id = request.getId();
    return new RequestId(id.getClient(), id.getSequence(), id.getBaseRevision());
  }
}
