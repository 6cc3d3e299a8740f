package io.videoml.testkit.rtsp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.videoml.testkit.net.ReservedPort;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A camera to test against: a real RTSP server on a port of the loopback interface, with faults on
 * request. It shows {@link TestPattern}, or a file. All clients watch the same playing, which
 * starts with the first of them and ends with the last.
 *
 * <p>It runs in a process of its own, which ends with {@link #close()}, or with this one. It needs
 * Linux, GStreamer ({@link #whyUnavailable()} names the packages) and {@code net.java.dev.jna:jna},
 * which the test kit does not bring by itself.
 *
 * <p>What is changed stays so over {@link #restart()}; what is changed while the process is killed
 * holds from then on. Every method returns when it is done, within ten seconds, and throws {@link
 * IllegalStateException} where it cannot be done: the process is dead or frozen, the camera closed.
 *
 * <p>Threading: all methods from any thread, one after another.
 */
public final class FaultyRtspServer implements AutoCloseable {
  private static final Duration START_LIMIT = Availability.LIMIT;
  private static final Duration ORDER_LIMIT = Duration.ofSeconds(10);

  private final CameraSettings settings;
  private final Optional<SelfSigned> certificate;
  private final ReservedPort port = ReservedPort.onLoopback();
  private @Nullable ChildJvm child;
  private boolean closed;

  private FaultyRtspServer(CameraSettings settings) {
    this.settings = settings;
    this.certificate = settings.has("tls") ? Optional.of(SelfSigned.make()) : Optional.empty();
    certificate.ifPresent(made -> settings.set("certificate", made.certificate() + made.key()));
  }

  /** Starts with a camera of H.264, 640x360, 25 frames a second, open to everyone. */
  public static FaultyRtspServerBuilder builder() {
    return new FaultyRtspServerBuilder();
  }

  /**
   * Returns why no camera can be started here, and what to install; empty where one can. For {@code
   * assumeTrue}. Asks the machine once, which takes about a second.
   */
  public static Optional<String> whyUnavailable() {
    return Availability.REASON;
  }

  static FaultyRtspServer start(CameraSettings settings) {
    FaultyRtspServer server = new FaultyRtspServer(settings);
    try {
      server.launch();
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw Availability.REASON
          .<RuntimeException>map(reason -> new IllegalStateException(reason, e))
          .orElse(e);
    }
  }

  /** Returns where clients find it, without credentials; the same all its life. */
  public URI uri() {
    String scheme = certificate.isPresent() ? "rtsps" : "rtsp";
    return URI.create(scheme + "://127.0.0.1:" + port.number() + CameraService.PATH);
  }

  /** Returns the same with the credentials in it, where there are any. */
  public synchronized URI uriWithCredentials() {
    String userInfo =
        settings
            .text("user")
            .map(user -> escaped(user) + ":" + escaped(settings.text("password").orElse("")) + "@")
            .orElse("");
    return URI.create(uri().toString().replace("://", "://" + userInfo));
  }

  /** Returns the certificate to trust, as PEM; empty without TLS. */
  public Optional<String> certificate() {
    return certificate.map(SelfSigned::certificate);
  }

  /** Ends the process at once, as a power failure does. Clients are cut, new ones refused. */
  public synchronized void kill() {
    if (child != null) {
      child.close();
      child = null;
    }
  }

  /** Starts it again on the same port; kills it first if it runs. */
  public synchronized void restart() {
    kill();
    launch();
  }

  /**
   * Stops the process where it stands. The system goes on accepting connections for it; nothing
   * answers, and no data comes.
   */
  public synchronized void freeze() {
    running().freeze();
  }

  /** Lets a frozen process go on. */
  public synchronized void thaw() {
    running().thaw();
  }

  /** Cuts all clients; they may come back at once. */
  public synchronized void dropConnections() {
    order("drop");
  }

  /** Refuses new connections, and leaves those there are. */
  public synchronized void refuse() {
    order("refuse");
  }

  /** Accepts connections again. */
  public synchronized void accept() {
    order("accept");
  }

  /**
   * Serves slower than real time, so that the client's picture gets older and older; what was held
   * up comes in a burst when the speed is 1 again.
   *
   * @param speed 0.001 to 1, where 0.5 is half as fast as real time
   */
  public synchronized void slow(double speed) {
    change("speed", Checks.within("speed", speed, 0.001, 1));
  }

  /**
   * Loses packets of video at random, also for clients on TCP.
   *
   * @param percent 0 to 100; at 100 the camera is connected and silent
   */
  public synchronized void lose(double percent) {
    change("loss", Checks.within("percent", percent, 0, 100));
  }

  /** Changes the picture's size in the middle of the stream. Not for a file. */
  public synchronized void resize(int width, int height) {
    if (settings.has("file")) {
      throw new IllegalStateException("a file has its own size; serve another file, or no file");
    }
    settings.codec().check(width, height);
    settings.set("width", width);
    change("height", height);
  }

  /** Changes the codec. Clients are cut, and find the other when they come back. Not for a file. */
  public synchronized void codec(RtspCodec codec) {
    if (settings.has("file")) {
      throw new IllegalStateException("a file has its own codec; serve another file, or no file");
    }
    requireNonNull(codec, "codec").check(settings.integer("width"), settings.integer("height"));
    change("codec", codec);
  }

  /**
   * Sets the camera's wall clock forward, or back. Only its RTCP sender reports show it: the media
   * goes on at its pace. Adds to earlier jumps.
   */
  public synchronized void jumpClock(Duration by) {
    change("clock", settings.longInteger("clock") + by.toNanos());
  }

  /** Returns the id of the process; empty while it is killed. */
  public synchronized Optional<Long> pid() {
    return Optional.ofNullable(child).map(ChildJvm::pid);
  }

  /** Ends the process and gives the port back. */
  @Override
  public synchronized void close() {
    closed = true;
    try {
      kill();
    } finally {
      port.close();
    }
  }

  @Override
  public String toString() {
    return "FaultyRtspServer[" + uri() + "]";
  }

  private void launch() {
    if (closed) {
      throw new IllegalStateException("the camera is closed; start another");
    }
    ChildJvm started = ChildJvm.start();
    try {
      started.order("serve " + port.number() + " " + settings.line(), START_LIMIT);
      started.order("accept", ORDER_LIMIT);
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
    child = started;
  }

  private void change(String key, Object value) {
    if (child != null && child.frozen()) {
      throw frozen();
    }
    settings.set(key, value);
    if (child != null || closed) {
      order("change " + settings.line());
    }
  }

  private void order(String order) {
    ChildJvm running = running();
    if (running.frozen()) {
      throw frozen();
    }
    running.order(order, ORDER_LIMIT);
  }

  private static IllegalStateException frozen() {
    return new IllegalStateException("the camera is frozen and cannot obey; thaw() it first");
  }

  private ChildJvm running() {
    if (child == null) {
      throw new IllegalStateException(
          closed
              ? "the camera is closed; start another"
              : "the camera is killed; restart() it first");
    }
    return child;
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
