package io.videoml.testkit.rtsp;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Collects what a camera serves, and to whom. Made by {@link FaultyRtspServer#builder()}.
 *
 * <p>Threading: not thread-safe; every {@link #start} is independent of later settings.
 */
public final class FaultyRtspServerBuilder {
  private final CameraSettings settings = CameraSettings.defaults();

  FaultyRtspServerBuilder() {}

  /** Default: H.264. */
  public FaultyRtspServerBuilder codec(RtspCodec codec) {
    settings.set("codec", requireNonNull(codec, "codec"));
    return this;
  }

  /** Sets the picture's size in pixels. Default: 640x360. Without effect on a file. */
  public FaultyRtspServerBuilder size(int width, int height) {
    settings.set("width", width).set("height", height);
    return this;
  }

  /** Sets the pace, 1 to 120; of a file too, which then plays at that pace. Default: 25. */
  public FaultyRtspServerBuilder framesPerSecond(int frames) {
    settings.set("fps", Checks.within("frames per second", frames, 1, 120));
    return this;
  }

  /**
   * Sets the number of frames from one key frame to the next. Who joins a playing that others
   * started joins within. Default: 25. Without effect on files and MJPEG.
   */
  public FaultyRtspServerBuilder gop(int frames) {
    settings.set("gop", Checks.within("frames of a GOP", frames, 1, 10_000));
    return this;
  }

  /**
   * Withholds the first key frame of every playing, and a quarter of its GOP: what arrives first
   * refers to frames that never came, as when one joins a camera that has been running.
   */
  public FaultyRtspServerBuilder joinMidGop() {
    settings.set("midGop", true);
    return this;
  }

  /** Asks for these credentials, by Digest. Default: everyone may come in. */
  public FaultyRtspServerBuilder credentials(String user, String password) {
    settings.set("user", requireNonNull(user, "user"));
    settings.set("password", requireNonNull(password, "password"));
    return this;
  }

  /** As {@link #credentials}, but by Basic alone. */
  public FaultyRtspServerBuilder basicCredentials(String user, String password) {
    settings.set("basic", true);
    return credentials(user, password);
  }

  /** Allows these ways only. Default: both. */
  public FaultyRtspServerBuilder transports(RtspTransport first, RtspTransport... more) {
    int flags = first.flag();
    for (RtspTransport transport : more) {
      flags |= transport.flag();
    }
    settings.set("transports", flags);
    return this;
  }

  /**
   * Serves {@code rtsps://} with a certificate of its own making, for {@code 127.0.0.1} and {@code
   * localhost}: {@link FaultyRtspServer#certificate()}. Takes a second more to start.
   */
  public FaultyRtspServerBuilder tls() {
    settings.set("tls", true);
    return this;
  }

  /**
   * Loops a file instead of the test pattern.
   *
   * @param rawVideo a short elementary stream (Annex B) of the codec, without B frames, as {@code
   *     ffmpeg -c:v copy out.h264} writes it; it is read as a whole
   */
  public FaultyRtspServerBuilder file(Path rawVideo) {
    if (!Files.isReadable(rawVideo)) {
      throw new IllegalArgumentException("cannot read " + rawVideo);
    }
    settings.set("file", rawVideo.toAbsolutePath());
    return this;
  }

  /** Adds a second stream, of sound (G.711 A-law). Default: none. */
  public FaultyRtspServerBuilder audio() {
    settings.set("audio", true);
    return this;
  }

  /** Ends every playing, properly, after so many frames. Default: never. Not for a file. */
  public FaultyRtspServerBuilder frames(int frames) {
    settings.set("frames", Checks.within("frames", frames, 1, Integer.MAX_VALUE));
    return this;
  }

  /** As {@link FaultyRtspServer#lose}, from the start. Default: 0. */
  public FaultyRtspServerBuilder lossPercent(double percent) {
    settings.set("loss", Checks.within("percent", percent, 0, 100));
    return this;
  }

  /**
   * Starts the camera; returns when clients can connect, after about a second. The caller closes
   * it.
   *
   * @throws IllegalStateException if it cannot, as {@link FaultyRtspServer#whyUnavailable} tells
   *     beforehand, or if the settings do not go together
   */
  public FaultyRtspServer start() {
    settings.check();
    return FaultyRtspServer.start(settings.copy());
  }
}
