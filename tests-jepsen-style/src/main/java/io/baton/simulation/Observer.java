package io.baton.simulation;

import io.baton.agent.protocol.Ask;
import io.baton.agent.protocol.Cause;
import io.baton.agent.protocol.Promise;
import io.baton.agent.protocol.Tenure;
import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.Member;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Renewal;
import io.baton.coordinator.state.Request;
import io.baton.coordinator.state.RequestId;
import io.baton.coordinator.state.Round;
import io.baton.coordinator.state.Session;
import io.baton.coordinator.state.Slot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sees all that happens, shows it to the invariants, and counts the interesting cases. */
final class Observer {
  /** Rule 10: who loses fewer sessions does not suspect itself; some have just ended. */
  private static final int DOUBTS_FROM = 12;

  private final World world;
  private final OneHolderPerSlot oneHolder = new OneHolderPerSlot();
  private final BeliefIsCovered belief;
  private final OnlyLaterKeepalivesConfirm suspensions = new OnlyLaterKeepalivesConfirm();
  private final EpochNeverDecreases epochs = new EpochNeverDecreases();
  private final FenceHolds fence = new FenceHolds();
  private final NeverActiveTwiceUnderOneEpoch starts = new NeverActiveTwiceUnderOneEpoch();
  private final CallbacksArePaired callbacks = new CallbacksArePaired();
  private final CommandsTakeEffectOnce commands = new CommandsTakeEffectOnce();
  private final NewLeaderGivesGrace grace = new NewLeaderGivesGrace();
  private final TrueNotes notes;
  private final Health health;
  private final SlotIsFilledInTime filled;
  private final VerdictsWaitTheirTime verdicts;
  private final DeafLeaderStepsDown deaf = new DeafLeaderStepsDown();
  private final LivingKeepTheirLeases living;
  private final PolicyWatch policy = new PolicyWatch();
  private final PeersKeepTheirWord peers = new PeersKeepTheirWord();
  private final Map<SlotName, FencedRegister> registers = new HashMap<>();
  private final Map<Long, SimCoordinator> handovers = new HashMap<>();
  private final Set<RequestId> requested = new HashSet<>();
  private final Set<String> removed = new HashSet<>();
  private @Nullable SimCoordinator suspect;
  private boolean newLeader;

  Observer(World world, boolean agentsWell) {
    this.world = world;
    this.belief = new BeliefIsCovered(peers);
    this.living = new LivingKeepTheirLeases(agentsWell);
    this.notes = new TrueNotes(world.scheduler());
    this.health = new Health(world, notes);
    this.filled = new SlotIsFilledInTime(notes);
    this.verdicts = new VerdictsWaitTheirTime(notes);
  }

  List<Invariant> invariants() {
    return List.of(
        policy.orders(),
        policy.delays(),
        policy.turns(),
        policy.enough(),
        peers,
        oneHolder,
        belief,
        suspensions,
        epochs,
        fence,
        starts,
        callbacks,
        commands,
        grace,
        living,
        filled,
        verdicts,
        deaf);
  }

  /** Looks at what nobody tells of: how long something has not happened. */
  void look() {
    health.look();
    world.coordinators().forEach(each -> deaf.look(each, world));
    world.groups().forEach(each -> filled.look(each, health, world));
  }

  // ------------------------------------------------------------------ the log

  void ready(SimCoordinator leader) {
    grace.ready(leader, world.scheduler().now());
    deaf.ready(leader, world.scheduler().now());
    if (leader == suspect) {
      // Rule 10: it doubts itself once an incident, and was elected again.
      living.mayExpire(world.scheduler().now());
    }
    suspect = null;
    health.ready(leader);
    newLeader = true;
  }

  /** A coordinator has applied a round, as the first or not. */
  void applied(SimCoordinator by, Round round) {
    notes.applied(by, round);
  }

  /** A coordinator begins with a state from its disk, or goes on with another's. */
  void adopted(SimCoordinator by, boolean restarted) {
    notes.adopted(by, restarted);
  }

  void proposing(SimCoordinator by, Round round, ClusterState state) {
    for (Request request : round.requests()) {
      policy.proposed(request.command(), state, world);
      verdicts.proposed(by, request.command(), state, health.readyAt(by), world);
      if (request.command() instanceof Command.Expire expire) {
        grace.proposed(by, expire, state.group(expire.group()), world);
      }
    }
  }

  /** A round is about to be applied for the first time, to this state. */
  void applying(Round round, long term, ClusterState state) {
    long now = world.scheduler().now();
    for (Renewal renewal : round.renewals()) {
      Session session = state.session(renewal.session());
      if (session != null && !session.superseded()) {
        belief.renewed(session.id(), now);
        world.covered(Case.RENEWED_UNDER_REVOCATION, holdsRevoked(session, state));
      }
    }
    SimCoordinator leader = world.raft().leader();
    world.covered(
        Case.OUTLIVED_ITS_LEADER, leader != null && leader.raft().term() > term && full(round));
    for (Request request : round.requests()) {
      applying(request, round, state, now);
    }
  }

  private static boolean full(Round round) {
    return !round.requests().isEmpty() || !round.renewals().isEmpty();
  }

  private static boolean holdsRevoked(Session session, ClusterState state) {
    if (session.holdsLeases()) {
      for (Group group : state.groups().values()) {
        for (Slot slot : group.slots().values()) {
          Lease lease = slot.lease();
          if (lease != null && lease.session() == session.id() && lease.revoked()) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private void applying(Request request, Round round, ClusterState state, long now) {
    Command command = request.command();
    if (command instanceof Command.Expire expire) {
      Session session = state.session(expire.session());
      world.covered(
          Case.EXPIRY_OVERTAKEN,
          session != null && numberOf(session, round) != expire.renewalNumber());
    } else if (command instanceof Command.Takeover takeover) {
      Session session = state.session(takeover.session());
      world.covered(
          Case.TAKEOVER_OVERTAKEN,
          session != null && numberOf(session, round) != takeover.renewalNumber());
    } else if (command instanceof Command.Join join) {
      joining(join, state, now);
    }
    RequestId id = request.id();
    world.covered(Case.RETRY_ANSWERED, id != null && !requested.add(id));
  }

  private static long numberOf(Session session, Round round) {
    long inRound = round.renewals().stream().filter(r -> r.session() == session.id()).count();
    return session.renewalNumber() + (session.superseded() ? 0 : inRound);
  }

  private void joining(Command.Join join, ClusterState state, long now) {
    Session session = state.session(join.session());
    if (session != null && join.member().equals(session.memberships().get(join.group()))) {
      belief.renewed(session.id(), now);
    }
    Group group = state.group(join.group());
    Member registered = group == null ? null : group.member(join.member());
    if (registered != null && registered.session() != join.session()) {
      proving(join, registered);
    }
  }

  private void proving(Command.Join join, Member registered) {
    boolean foreign = !registered.directory().equals(join.directory());
    boolean named = join.deadIncarnations().contains(registered.incarnation());
    world.covered(Case.TWIN_REFUSED, foreign && !join.deadIncarnations().isEmpty());
    world.covered(Case.COPIED_PROOF_REFUSED, foreign && named);
  }

  /** A change that was applied for the first time anywhere. */
  void happened(HistoryEvent event, SimCoordinator by) {
    world.trace("history", () -> describe(event));
    peers.happened(event, by.state().agreement(event.group()));
    belief.happened(event, world, by);
    commands.happened(event);
    filled.happened(event, world.scheduler().now());
    living.happened(event, world.scheduler().now());
    policy.happened(event, by.state(), world);
    switch (event.type()) {
      case LEASE_GRANTED -> granted(event);
      case LEASE_REVOKED -> revoked(event);
      case LEASE_ENDED -> ended(event);
      case GROUP_CHANGED -> changed(by.state().group(event.group()));
      case GROUP_REMOVED -> removed.add(event.group());
      case TTL_SETTLED -> world.covered(Case.TTL_SETTLED);
      case SESSION_SUPERSEDED -> world.covered(Case.TAKEN_OVER);
      default -> {}
    }
  }

  private static String describe(HistoryEvent event) {
    return event.revision()
        + " "
        + event.type()
        + " "
        + event.group()
        + " "
        + event.member()
        + " session="
        + event.session()
        + " epoch="
        + event.epoch()
        + " "
        + event.cause()
        + " "
        + event.details();
  }

  private void granted(HistoryEvent event) {
    epochs.granted(event);
    world.covered(Case.GRANTED);
    world.covered(Case.GRANTED_BY_NEW_LEADER, newLeader);
    newLeader = false;
    world.covered(Case.GRANTED_AFTER_RECREATION, removed.remove(event.group()));
  }

  private void revoked(HistoryEvent event) {
    SimCoordinator leader = world.raft().leader();
    if (leader != null) {
      handovers.put(event.epoch(), leader);
    }
    world.covered(
        Case.SELF_DEMOTION_REPORTED, event.cause() == io.baton.coordinator.state.Cause.LAPSED);
  }

  private void ended(HistoryEvent event) {
    SimCoordinator began = handovers.remove(event.epoch());
    world.covered(Case.HANDOVER_OUTLIVED_LEADER, began != null && began != world.raft().leader());
    io.baton.coordinator.state.Cause cause = event.cause();
    if (cause != null) {
      switch (cause) {
        case SESSION_EXPIRED -> world.covered(Case.EXPIRED);
        case DISCONNECTED -> world.covered(Case.DISCONNECTED);
        case STOPPED -> {
          callbacks.handedOn(event.epoch(), world.agents());
          world.covered(Case.HANDED_OVER);
        }
        case FORCED -> world.covered(Case.FORCED);
        case PROVEN_DEAD -> world.covered(Case.PROVEN_DEAD);
        default -> {}
      }
    }
  }

  private void changed(@Nullable Group group) {
    int holds = group == null ? 0 : group.info().holds().size();
    world.covered(Case.TTL_LOWERED, holds > 0);
    world.covered(Case.TTL_HELD_TWICE, holds > 1);
  }

  /** An operator's command was answered. */
  void answered(String actor, Outcome outcome) {
    world.covered(Case.ANSWERED_TWICE, commands.answered(actor, outcome));
  }

  // ------------------------------------------------------------------ agents

  /** An agent has just done something. */
  void acted(SimAgent agent) {
    oneHolder.look(agent, world);
    belief.look(agent, world);
    suspensions.look(agent, agent.unconfirmedLimit());
  }

  void started(SimAgent agent, Tenure tenure) {
    starts.started(agent, tenure);
    peers.started(agent, tenure, world);
    callbacks.started(agent, SlotName.of(tenure));
  }

  void ended(SimAgent agent, Tenure tenure, Cause cause) {
    callbacks.ended(agent, SlotName.of(tenure));
    world
        .newestStream()
        .lost(agent, tenure.epoch(), cause == Cause.LOST && belief.stands(tenure.epoch()));
    living.ended(agent, cause, world.scheduler().now());
    switch (cause) {
      case DEADLINE -> world.covered(Case.ENDED_AT_DEADLINE);
      case PROMOTION_FAILED -> world.covered(Case.PROMOTION_FAILED);
      case PROMOTION_TIMEOUT -> world.covered(Case.PROMOTION_TIMED_OUT);
      case RESIGNED -> world.covered(Case.RESIGNED);
      default -> {}
    }
  }

  /** A process has answered another's question. */
  void answered(Life peer, Ask ask, Promise promise) {
    peers.answered(peer, ask, promise, world);
  }

  void allStruck(long untilNanos) {
    world.covered(Case.ALL_STRUCK);
    living.allStruck(untilNanos);
  }

  void suspectedItself(SimCoordinator leader) {
    world.covered(Case.SUSPECTED_ITSELF);
    suspect = leader;
  }

  /** No agent is heard by the leader for a while; if they are too few, it does not mind. */
  void leaderUnheard(long untilNanos) {
    world.covered(Case.LEADER_UNHEARD);
    SimCoordinator leader = world.raft().leader();
    if (leader != null && leader.state().sessions().size() >= DOUBTS_FROM) {
      living.leaderUnheard(untilNanos);
    } else {
      living.mayExpire(world.scheduler().now());
    }
  }

  /** A write of an agent arrives at what it is active for. */
  void written(SimAgent by, Life writer, Tenure tenure, boolean stillValid) {
    SlotName name = SlotName.of(tenure);
    FencedRegister register = registers.computeIfAbsent(name, n -> new FencedRegister());
    if (register.write(tenure.epoch())) {
      fence.accepted(name, tenure.epoch(), by, writer);
      world.covered(Case.LATE_WRITE_ACCEPTED, !stillValid);
    } else {
      world.covered(Case.STALE_WRITE_REFUSED);
    }
  }
}
