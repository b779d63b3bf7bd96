package io.baton.coordinator.state;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The state as a set of entities, and back. Memberships and held slots of sessions are derived, not
 * stored.
 */
final class Image {
  private final ClusterState state;

  Image(ClusterState state) {
    this.state = state;
  }

  Stream<Entity> entities() {
    List<Entity> all = new ArrayList<>();
    all.add(state.cluster());
    all.addAll(state.coordinators().values());
    state.groups().values().forEach(g -> all.add(g.info()));
    state.groups().values().forEach(g -> all.addAll(g.slots().values()));
    state.groups().values().forEach(g -> all.addAll(membersById(g).values()));
    state.sessions().forEach(s -> all.add(s.info()));
    state.answers().all().sorted(Comparator.comparing(StoredAnswer::key)).forEach(all::add);
    all.addAll(state.waits());
    all.addAll(state.hostDrains().values());
    all.addAll(state.agreements().values());
    return all.stream();
  }

  void restore(Stream<Entity> entities) {
    List<Member> members = new ArrayList<>();
    List<Slot> slots = new ArrayList<>();
    List<StoredAnswer> answers = new ArrayList<>();
    entities.forEach(
        entity -> {
          if (entity instanceof ClusterInfo info) {
            state.cluster(info);
          } else if (entity instanceof Coordinator coordinator) {
            state.put(coordinator);
          } else if (entity instanceof GroupInfo info) {
            state.put(new Group(info));
          } else if (entity instanceof SessionInfo info) {
            Session session = new Session(info.id(), info.agent());
            session.restore(info);
            state.put(session);
          } else if (entity instanceof Wait wait) {
            state.put(wait);
          } else if (entity instanceof HostDrain drain) {
            state.put(drain);
          } else if (entity instanceof Agreement agreement) {
            state.put(agreement);
          } else if (entity instanceof Slot slot) {
            slots.add(slot);
          } else if (entity instanceof Member member) {
            members.add(member);
          } else if (entity instanceof StoredAnswer answer) {
            answers.add(answer);
          }
        });
    slots.forEach(this::restore);
    restoreMembers(members);
    answers.sort(Comparator.comparingLong(a -> a.answer().revision()));
    answers.forEach(state.answers()::add);
  }

  private void restore(Slot slot) {
    state.groupThatExists(slot.group()).put(slot);
    Lease lease = slot.lease();
    if (lease != null) {
      state.sessionThatExists(lease.session()).hold(slot.group(), slot.index());
    }
  }

  /** The order in which members went is the order in which they will be forgotten. */
  private void restoreMembers(List<Member> members) {
    members.sort(Comparator.comparingLong(Image::goneRevision));
    for (Member member : members) {
      state.groupThatExists(member.group()).put(member);
      if (member.present()) {
        state.sessionThatExists(member.session()).join(member.group(), member.id());
      }
    }
  }

  private static long goneRevision(Member member) {
    Member.Gone gone = member.gone();
    return gone == null ? 0 : gone.revision();
  }

  private static Map<String, Member> membersById(Group group) {
    TreeMap<String, Member> byId = new TreeMap<>(group.members());
    group.gone().forEach(m -> byId.put(m.id(), m));
    return byId;
  }
}
