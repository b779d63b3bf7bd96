package io.baton.coordinator.codec;

import io.baton.coordinator.state.Agreement;
import io.baton.coordinator.state.Peer;
import io.baton.coordinator.state.PeerList;
import io.baton.disk.v1.AgreementImage;

/** An agreement, as the image holds it. */
final class AgreementCodec {
  private AgreementCodec() {}

  static AgreementImage encode(Agreement agreement) {
    return AgreementImage.newBuilder()
        .setGroup(agreement.group())
        .setHolder(encode(agreement.holder()))
        .setSession(agreement.session())
        .setEpoch(agreement.epoch())
        .setOffered(encode(agreement.offered()))
        .setAcknowledged(encode(agreement.acknowledged()))
        .build();
  }

  static Agreement decode(AgreementImage image) {
    return new Agreement(
        image.getGroup(),
        decode(image.getHolder()),
        image.getSession(),
        image.getEpoch(),
        decode(image.getOffered()),
        decode(image.getAcknowledged()));
  }

  private static AgreementImage.PeerList encode(PeerList list) {
    AgreementImage.PeerList.Builder image =
        AgreementImage.PeerList.newBuilder().setRevision(list.revision());
    list.peers().forEach(peer -> image.addPeers(encode(peer)));
    return image.build();
  }

  private static PeerList decode(AgreementImage.PeerList image) {
    return new PeerList(
        image.getRevision(), image.getPeersList().stream().map(AgreementCodec::decode).toList());
  }

  private static AgreementImage.Peer encode(Peer peer) {
    return AgreementImage.Peer.newBuilder()
        .setMember(peer.member())
        .setIncarnation(peer.incarnation())
        .setDirectory(peer.directory())
        .setAddress(peer.address())
        .build();
  }

  private static Peer decode(AgreementImage.Peer image) {
    return new Peer(
        image.getMember(), image.getIncarnation(), image.getDirectory(), image.getAddress());
  }
}
