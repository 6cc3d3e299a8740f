package io.videoml.resilience;

import io.videoml.source.DecodeDemand;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Ends connections of one stream from outside once they are silent for too long.
 *
 * <p>Threading: safe.
 */
final class SilenceWatch {
  private final String source;
  private final Pulse pulse;
  private final Connection connection;
  private final StatusBoard board;
  private @Nullable Future<?> watching; // guarded by this

  SilenceWatch(String source, Pulse pulse, Connection connection, StatusBoard board) {
    this.source = source;
    this.pulse = pulse;
    this.connection = connection;
    this.board = board;
  }

  /** Begins to watch, if it does not yet. */
  synchronized void start() {
    if (watching == null && !connection.closed()) {
      watching = Watchdog.watch(this::look);
    }
  }

  /** Ends watching; call it when the connection is closed for good, so that none begins after. */
  synchronized void stop() {
    if (watching != null) {
      watching.cancel(false);
    }
  }

  /** Returns what a dead stream fails with. */
  static SourceException stalled(String source, String what) {
    return new SourceException(
        Kind.STALLED, source, what + "; the camera, or the way to it, is dead");
  }

  private void look() {
    long number = connection.number();
    if (!connection.alive(number)) {
      return; // it is being ended already, which takes as long as its reader takes
    }
    boolean all =
        connection.demand() == DecodeDemand.ALL
            || connection.demand() == DecodeDemand.REFERENCE_FRAMES;
    pulse
        .silence(System.nanoTime(), connection.bytesOfThis(), connection.notDemanded(), all)
        .ifPresent(
            what -> Watchdog.aside("videoml-" + source + "-closer", () -> end(number, what)));
  }

  /** On a thread of its own: neither an observer nor a reader may hold up the watchdog. */
  private void end(long number, String what) {
    SourceException silence = stalled(source, what);
    if (connection.stall(number, silence)) {
      board.stalled(number, silence);
      connection.end(number);
    }
  }
}
