package io.baton.jepsen.workload;

import io.baton.jepsen.checker.GroupAction;
import io.baton.jepsen.checker.Operation;
import io.baton.proto.v1.Actor;
import io.baton.proto.v1.AdminServiceGrpc;
import io.baton.proto.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import io.baton.proto.v1.CreateGroupRequest;
import io.baton.proto.v1.DeleteGroupRequest;
import io.baton.proto.v1.ErrorCode;
import io.baton.proto.v1.GetGroupRequest;
import io.baton.proto.v1.Group;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.RequestId;
import io.baton.proto.v1.UpdateGroupRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Does one thing after another to {@link Register}s, through whichever coordinator it takes for the
 * leader, and writes down what was asked and answered. A command whose outcome is unknown is
 * sometimes repeated under its request id until it is known. One thread.
 */
final class GroupClient {
  private static final Actor ACTOR = Actor.newBuilder().setName("torture").build();
  private static final int PATIENCE_MILLIS = 700;
  private static final int REPETITIONS = 6;

  private final String name;
  private final Target target;
  private final RandomGenerator random;
  private final Observer observer;
  private final String client = UUID.randomUUID().toString();
  private long sequence;
  private int favourite;

  /** Is told of changes that were acknowledged. */
  interface Observer {
    /** The group was changed at that revision. */
    void acknowledged(String group, long revision);
  }

  GroupClient(String name, Target target, RandomGenerator random, Observer observer) {
    this.name = name;
    this.target = target;
    this.random = random;
    this.observer = observer;
  }

  /** One operation, drawn by lot; blocks for some seconds at most. */
  void act(Register register) {
    int lot = random.nextInt(100);
    if (lot < 40) {
      read(register);
    } else if (lot < 60) {
      create(register);
    } else if (lot < 90) {
      update(register);
    } else {
      delete(register);
    }
  }

  void read(Register register) {
    GetGroupRequest request = GetGroupRequest.newBuilder().setName(register.name()).build();
    long called = System.nanoTime();
    Reply<Group> reply = ask(stub -> stub.getGroup(request).getGroup());
    if (reply instanceof Reply.Done<Group> done) {
      Group group = done.answer();
      register.told(group.getSpecRevision());
      note(
          register,
          called,
          "read",
          new GroupAction.Read(group.getSpec().getTtlMillis(), group.getSpecRevision()));
    } else if (refusal(reply) == ErrorCode.ERROR_CODE_NOT_FOUND) {
      note(register, called, "read", new GroupAction.Read(0, 0));
    }
  }

  private void create(Register register) {
    long ttl = register.nextTtlMillis();
    long called = System.nanoTime();
    Reply<Long> reply =
        command(
            (stub, id) ->
                stub.createGroup(
                        CreateGroupRequest.newBuilder()
                            .setId(id)
                            .setActor(ACTOR)
                            .setName(register.name())
                            .setSpec(GroupSpec.newBuilder().setTtlMillis(ttl))
                            .build())
                    .getSpecRevision());
    written(register, called, "create", reply, at -> new GroupAction.Create(ttl, at));
  }

  private void update(Register register) {
    long ttl = register.nextTtlMillis();
    long ifRevision = random.nextBoolean() ? register.someRevision() : 0;
    long called = System.nanoTime();
    Reply<Long> reply =
        command(
            (stub, id) ->
                stub.updateGroup(
                        UpdateGroupRequest.newBuilder()
                            .setId(id)
                            .setActor(ACTOR)
                            .setName(register.name())
                            .setIfRevision(ifRevision)
                            .setSpec(GroupSpec.newBuilder().setTtlMillis(ttl))
                            .build())
                    .getSpecRevision());
    if (ifRevision == 0 && refusal(reply) == ErrorCode.ERROR_CODE_CONFLICT) {
      return; // Overtaken again and again: nothing was done, and nothing is told.
    }
    written(register, called, "update", reply, at -> new GroupAction.Update(ttl, ifRevision, at));
  }

  /** Deletes it, whatever it is. */
  void delete(Register register) {
    long called = System.nanoTime();
    Reply<Long> reply =
        command(
            (stub, id) ->
                stub.deleteGroup(
                        DeleteGroupRequest.newBuilder()
                            .setId(id)
                            .setActor(ACTOR)
                            .setName(register.name())
                            .build())
                    .getRevision());
    if (reply instanceof Reply.Done<Long> done) {
      target.told(done.answer());
      observer.acknowledged(register.name(), done.answer());
      note(register, called, "delete", new GroupAction.Delete(true));
    } else if (refusal(reply) == ErrorCode.ERROR_CODE_NOT_FOUND) {
      note(register, called, "delete", new GroupAction.Delete(false));
    } else if (reply instanceof Reply.Unknown<Long>) {
      open(register, called, "delete", new GroupAction.Delete(false));
    }
  }

  private void written(
      Register register,
      long called,
      String what,
      Reply<Long> reply,
      Function<Long, GroupAction> action) {
    if (reply instanceof Reply.Done<Long> done) {
      long revision = done.answer();
      target.told(revision);
      register.told(revision);
      observer.acknowledged(register.name(), revision);
      note(register, called, what, action.apply(revision));
    } else if (reply instanceof Reply.Refused<Long>) {
      note(register, called, what, action.apply(0L));
    } else if (reply instanceof Reply.Unknown<Long>) {
      open(register, called, what, action.apply(0L));
    }
  }

  private static ErrorCode refusal(Reply<?> reply) {
    return reply instanceof Reply.Refused<?> refused
        ? refused.code()
        : ErrorCode.ERROR_CODE_UNSPECIFIED;
  }

  // ------------------------------------------------------------------ the cluster

  private <T> Reply<T> command(BiFunction<AdminServiceBlockingStub, RequestId, T> request) {
    RequestId id =
        RequestId.newBuilder()
            .setClient(client)
            .setSequence(++sequence)
            .setBaseRevision(target.newest().get())
            .build();
    Reply<T> first = ask(stub -> request.apply(stub, id));
    if (!(first instanceof Reply.Unknown<T>) || random.nextInt(3) == 0) {
      return first;
    }
    for (int i = 0; i < REPETITIONS; i++) {
      pause(50L << i);
      Reply<T> again = ask(stub -> request.apply(stub, id));
      boolean tooLate = refusal(again) == ErrorCode.ERROR_CODE_STALE_REQUEST;
      if (again instanceof Reply.Done<T> || (again instanceof Reply.Refused<T> && !tooLate)) {
        return again;
      }
    }
    return first;
  }

  private <T> Reply<T> ask(Function<AdminServiceBlockingStub, T> request) {
    List<Coordinator> all = target.coordinators().get();
    if (random.nextInt(10) == 0) {
      favourite = random.nextInt(all.size());
    }
    Coordinator asked = all.get(favourite % all.size());
    AdminServiceBlockingStub stub =
        AdminServiceGrpc.newBlockingStub(asked.channel())
            .withDeadlineAfter(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    Reply<T> reply = Requests.ask(() -> request.apply(stub));
    if (!(reply instanceof Reply.Done<T>) && !(reply instanceof Reply.Refused<T>)) {
      favourite++;
      pause(20);
    }
    return reply;
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // ------------------------------------------------------------------ what is written down

  private void note(Register register, long called, String what, GroupAction action) {
    long returned = System.nanoTime();
    register.add(Operation.of(name, called, returned, action));
    write(register, called, what, "ok", action, returned);
  }

  private void open(Register register, long called, String what, GroupAction action) {
    register.add(Operation.open(name, called, action));
    write(register, called, what, "unknown", action, System.nanoTime());
  }

  private void write(
      Register register,
      long called,
      String what,
      String outcome,
      GroupAction action,
      long returned) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("client", name);
    fields.put("key", register.name());
    fields.put("does", what);
    fields.put("outcome", outcome);
    fields.put("action", action.toString());
    fields.put("returned", target.history().since(returned));
    target.history().add("operation", called, fields);
  }
}
