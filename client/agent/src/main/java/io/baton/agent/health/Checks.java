package io.baton.agent.health;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The common checks. Each of them ends when it is interrupted, except while the operating system is
 * asked something that can't be: the look-up of a host's name in {@link #tcp}, and a file system
 * that does not answer, such as a lost NFS mount, in {@link #diskSpace}.
 */
public final class Checks {
  private static final int FIRST_REDIRECT = 300;
  private static final int FIRST_GOOD = 200;

  private Checks() {}

  /** A GET is answered with a status of 200 to 299; redirects are not followed. */
  public static Check http(URI uri) {
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    return () -> {
      int status = Http.CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status < FIRST_GOOD || status >= FIRST_REDIRECT) {
        throw new IOException(uri + " answers " + status);
      }
    };
  }

  /** Made when it is first needed: it has threads. */
  private static final class Http {
    static final HttpClient CLIENT = HttpClient.newHttpClient();
  }

  /** A TCP connection can be opened. */
  public static Check tcp(String host, int port) {
    return () -> {
      try (SocketChannel channel = SocketChannel.open()) {
        channel.connect(new InetSocketAddress(host, port));
      } catch (UnresolvedAddressException e) {
        throw new IOException(host + ": there is no such host", e);
      } catch (ConnectException e) {
        throw new IOException(host + ":" + port + ": " + e.getMessage(), e);
      }
    };
  }

  /** The file system of this path has so many bytes left for this process. */
  public static Check diskSpace(Path path, long bytes) {
    return () -> {
      long left = Files.getFileStore(path).getUsableSpace();
      if (left < bytes) {
        throw new IOException(path + " has " + left + " bytes left; " + bytes + " are needed");
      }
    };
  }

  /** A command ends with 0; its last line of output is the reason where it does not. */
  public static Check command(String... commandAndArguments) {
    return new CommandCheck(List.of(commandAndArguments));
  }

  /**
   * The service at this address answers SERVING by gRPC's health protocol, without TLS. Needs
   * io.grpc:grpc-services on the class path.
   *
   * @param service empty: the server as a whole
   */
  public static Check grpc(String address, String service) {
    return new GrpcCheck(address, service);
  }
}
