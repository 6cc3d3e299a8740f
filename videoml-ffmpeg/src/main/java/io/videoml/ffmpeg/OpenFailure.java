package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EPERM;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;

import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Finds out why a stream cannot be opened, beyond FFmpeg's one number. */
final class OpenFailure {
  private static final int PROBE_MILLIS = 500;

  private OpenFailure() {}

  /**
   * Looks before FFmpeg is loaded, where its own answer would be vague or could not be interrupted.
   */
  static void check(FfmpegSource source) {
    Address address = source.address();
    String certificates = source.certificates();
    if (certificates != null && !Files.isReadable(Path.of(certificates))) {
      throw new SourceException(
          Kind.CONFIGURATION,
          source.id(),
          "the certificates cannot be read; check the path " + certificates);
    }
    if (address.kind() == SourceKind.FILE) {
      checkFile(source, Path.of(address.url().substring("file:".length())));
    } else if (address.kind().connects() && System.getenv("http_proxy") == null) {
      resolve(source);
    }
  }

  private static void checkFile(FfmpegSource source, Path file) {
    if (!Files.exists(file)) {
      throw new SourceException(
          Kind.NOT_FOUND, source.id(), "there is no such file; check the path " + file);
    }
    if (!Files.isRegularFile(file)) {
      String what = Files.isDirectory(file) ? "is a directory" : "is not a regular file";
      throw new SourceException(Kind.CONFIGURATION, source.id(), what + "; name a video file");
    }
    if (!Files.isReadable(file)) {
      throw new SourceException(
          Kind.CONFIGURATION, source.id(), "may not be read; check its permissions");
    }
    try {
      if (Files.size(file) == 0) {
        throw new SourceException(Kind.CORRUPT, source.id(), "is empty");
      }
    } catch (IOException e) {
      throw new SourceException(Kind.CORRUPT, source.id(), "cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Looks the host up on another thread: neither Java nor FFmpeg can be interrupted while they wait
   * for a name server.
   */
  private static void resolve(FfmpegSource source) {
    String host = source.address().host();
    CompletableFuture<InetAddress> lookup = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                lookup.complete(InetAddress.getByName(host));
              } catch (UnknownHostException | RuntimeException e) {
                lookup.completeExceptionally(e);
              }
            },
            "videoml-lookup");
    thread.setDaemon(true);
    thread.start();
    long deadline = System.nanoTime() + source.connectTimeout().toNanos();
    while (true) {
      try {
        lookup.get(100, TimeUnit.MILLISECONDS);
        return;
      } catch (ExecutionException e) {
        throw new SourceException(
            Kind.NETWORK, // name servers fail and recover, as when a site's power comes back
            source.id(),
            "the host name " + host + " is unknown; check its spelling and the name server");
      } catch (TimeoutException e) {
        if (System.nanoTime() - deadline > 0) {
          throw new SourceException(
              Kind.NETWORK,
              source.id(),
              "the name server did not answer within "
                  + source.connectTimeout().toMillis()
                  + " ms");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw closed(source);
      }
    }
  }

  private static SourceException closed(FfmpegSource source) {
    return new SourceException(Kind.CLOSED, source.id(), "was closed while it was opened");
  }

  static SourceException of(int code, FfmpegSource source, Interrupt interrupt) {
    SourceKind sourceKind = source.address().kind();
    if (interrupt.cancelled()) {
      return closed(source);
    }
    Kind kind = AvError.kind(code, sourceKind);
    // FFmpeg's RTSP says "invalid data" of an answer that never came; to PLAY, "not permitted".
    boolean unanswered =
        sourceKind == SourceKind.RTSP
            && (code == AVERROR_INVALIDDATA || code == AVERROR_EPERM())
            && interrupt.elapsed().compareTo(source.readTimeout()) >= 0;
    if (interrupt.expired()) {
      return timedOut(source, source.openTimeout(), "the connect and read timeouts");
    }
    if (kind == Kind.STALLED || unanswered) {
      return sourceKind == SourceKind.SRT
          ? timedOut(source, source.connectTimeout(), "the connect timeout")
          : timedOut(source, source.readTimeout(), "the read timeout");
    }
    if (code == AVERROR_INVALIDDATA && source.address().url().startsWith("rtp:")) {
      return new SourceException(
          Kind.UNSUPPORTED,
          source.id(),
          "this RTP does not say what it holds; send MPEG-TS in it, or use RTSP");
    }
    String message = "cannot be opened: " + AvError.text(code);
    if (code == AVERROR_INVALIDDATA) {
      message = "is not a video, or is cut off before its index: FFmpeg finds no stream in it";
    } else if (kind == Kind.AUTHENTICATION) {
      message =
          "the server refuses the credentials, or wants some; put them into the address as user:password@";
    } else if (kind == Kind.NOT_FOUND) {
      message = "the server has no such stream; check the path";
    } else if (kind == Kind.REFUSED) {
      message += "; is the server running, and the port right?";
    } else if (kind == Kind.UNSUPPORTED && sourceKind == SourceKind.RTSP) {
      message += "; does the server allow the RTSP transport?";
    } else if (kind == Kind.NETWORK && source.certificates() != null) {
      message += "; is the server's certificate among those that are trusted?";
    } else if (kind == Kind.UNSUPPORTED) {
      message += "; allowed protocols: " + sourceKind.protocols();
    }
    return new SourceException(kind, source.id(), message);
  }

  /** FFmpeg does not say whether the connection ever came to be; one more attempt does. */
  private static SourceException timedOut(FfmpegSource source, Duration limit, String name) {
    Address address = source.address();
    if (address.kind().connects()) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(address.host(), address.port()), PROBE_MILLIS);
      } catch (IOException e) {
        return new SourceException(
            Kind.NETWORK,
            source.id(),
            "no connection within "
                + source.connectTimeout().toMillis()
                + " ms; is "
                + address.host()
                + " up and reachable?");
      }
    }
    return new SourceException(
        Kind.STALLED,
        source.id(),
        "nothing to decode came within "
            + limit.toMillis()
            + " ms ("
            + name
            + "); is something being sent?");
  }
}
