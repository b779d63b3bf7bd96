package io.baton.coordinator.codec;

import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.StoredAnswer;
import io.baton.disk.v1.AnswerImage;

/** A stored answer as storage holds it. */
final class AnswerCodec {
  private AnswerCodec() {}

  static AnswerImage encode(StoredAnswer stored) {
    AnswerImage.Builder image =
        AnswerImage.newBuilder()
            .setClient(stored.client())
            .setSequence(stored.sequence())
            .setRevision(stored.answer().revision());
    return encode(image, stored.answer().result()).build();
  }

  // A chain, since Java 17 has no pattern switch; the round-trip test asks for every permitted
  // result.
  private static AnswerImage.Builder encode(AnswerImage.Builder image, Outcome.Result result) {
    if (result instanceof Outcome.Done) {
      return image.setDone(AnswerImage.Done.getDefaultInstance());
    }
    if (result instanceof Outcome.Opened opened) {
      return image.setOpened(AnswerImage.Opened.newBuilder().setSession(opened.session()));
    }
    if (result instanceof Outcome.Joined joined) {
      return image.setJoined(
          AnswerImage.Joined.newBuilder().setJoinRevision(joined.joinRevision()));
    }
    if (result instanceof Outcome.GroupStored group) {
      return image.setGroupStored(
          AnswerImage.GroupStored.newBuilder().setSpecRevision(group.specRevision()));
    }
    if (result instanceof Outcome.HandoverBegun begun) {
      return image.setHandoverBegun(
          AnswerImage.HandoverBegun.newBuilder()
              .setRevokedRevision(begun.revokedRevision())
              .setFrom(begun.from())
              .setTo(begun.to())
              .setEpoch(begun.epoch()));
    }
    throw new IllegalArgumentException("no image of " + result);
  }

  static StoredAnswer decode(AnswerImage image) throws CorruptDataException {
    return new StoredAnswer(
        image.getClient(),
        image.getSequence(),
        new Outcome.Applied(image.getRevision(), result(image)));
  }

  private static Outcome.Result result(AnswerImage image) throws CorruptDataException {
    return switch (image.getResultCase()) {
      case DONE -> new Outcome.Done();
      case OPENED -> new Outcome.Opened(image.getOpened().getSession());
      case JOINED -> new Outcome.Joined(image.getJoined().getJoinRevision());
      case GROUP_STORED -> new Outcome.GroupStored(image.getGroupStored().getSpecRevision());
      case HANDOVER_BEGUN -> {
        var begun = image.getHandoverBegun();
        yield new Outcome.HandoverBegun(
            begun.getRevokedRevision(), begun.getFrom(), begun.getTo(), begun.getEpoch());
      }
      case RESULT_NOT_SET -> throw new CorruptDataException("an answer without a result");
    };
  }
}
