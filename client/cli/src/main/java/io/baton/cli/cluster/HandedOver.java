package io.baton.cli.cluster;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;

/**
 * Knows whether a call was given to a connection that stands. Until then nobody can have read it;
 * from then on somebody may have, whatever its status says: a deadline that passes while a
 * connection is awaited looks the same as one that passes while an answer is. For one call;
 * thread-safe.
 */
final class HandedOver implements ClientInterceptor {
  private final ClientStreamTracer.Factory tracers =
      new ClientStreamTracer.Factory() {
        @Override
        public ClientStreamTracer newClientStreamTracer(
            ClientStreamTracer.StreamInfo info, Metadata headers) {
          return new Tracer();
        }
      };

  private volatile boolean happened;

  boolean happened() {
    return happened;
  }

  @Override
  public <Q, R> ClientCall<Q, R> interceptCall(
      MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
    return next.newCall(method, options.withStreamTracerFactory(tracers));
  }

  private final class Tracer extends ClientStreamTracer {
    @Override
    public void streamCreated(Attributes transport, Metadata headers) {
      happened = true;
    }
  }
}
