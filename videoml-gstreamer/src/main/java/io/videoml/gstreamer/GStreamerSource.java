package io.videoml.gstreamer;

import static java.util.Objects.requireNonNull;

import io.videoml.frame.ResumePosition;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads whatever a GStreamer launch description delivers, as {@code "filesrc location=a.mp4 !
 * qtdemux ! h264parse"}.
 *
 * <p>The description ends in coded pictures, in a decoder, or in raw pictures; videoml adds the
 * rest. It is best to end it in coded pictures ({@code parsebin} or a parser): then videoml chooses
 * a decoder, tells key frames, and does not decode what is not demanded. The same goes for a
 * description that ends in one of the usual decoders, or in a plain {@code decodebin}. Behind other
 * decoders, as in {@code uridecodebin}, key frames cannot be told: no frame is marked as one, and
 * to demand them fails.
 *
 * <p>Frames are copied once, into memory that the JVM owns. 8-bit I420, NV12, GRAY8, BGR and RGB
 * appear as they are, all else converted. Media time starts at 0 with the first frame. Reading
 * cannot go on at a position.
 *
 * <p>A description runs with the rights of this process: take none from strangers. It may hold
 * credentials; {@link #id()}, messages and {@link #toString()} do not show them.
 *
 * <p>Threading: immutable.
 */
public final class GStreamerSource implements FrameSource {
  private static final long serialVersionUID = 1L;
  private static final Pattern FIRST_ELEMENT = Pattern.compile("\\s*\\(?\\s*([a-zA-Z][\\w-]*)");

  private final Settings settings;
  private final LaunchText text;
  private final String description;
  private final boolean endless;

  private GStreamerSource(Builder builder) {
    description = builder.description;
    text = LaunchText.of(description);
    endless = builder.live && !builder.ends;
    settings =
        new Settings(
            builder.name == null ? defaultId(description) : builder.name,
            builder.live,
            builder.connectTimeout,
            builder.readTimeout,
            builder.decoders,
            builder.hardwareRequired);
  }

  /** Returns a source of a finite stream, read as fast as frames are taken. */
  public static GStreamerSource of(String description) {
    return builder(description).build();
  }

  /**
   * Returns a builder.
   *
   * @param description without a sink at its end
   * @throws IllegalArgumentException if it is blank
   */
  public static Builder builder(String description) {
    return new Builder(description);
  }

  @Override
  public String id() {
    return settings.id();
  }

  @Override
  public boolean live() {
    return settings.live();
  }

  @Override
  public boolean endless() {
    return endless;
  }

  /**
   * {@inheritDoc}
   *
   * @throws SourceException if a position is given: a description cannot be resumed
   */
  @Override
  public FrameReader open(Optional<ResumePosition> from, DecodeDemand demand) {
    requireNonNull(demand, "demand");
    if (requireNonNull(from, "from").isPresent()) {
      throw new SourceException(
          Kind.CONFIGURATION, id(), "a launch description cannot go on at a position; give none");
    }
    Front front = new LaunchFront(settings, text, Redaction.of(description));
    return GstReader.open(settings, front, demand, /* fromRtp= */ settings.live());
  }

  @Override
  public String toString() {
    return "GStreamerSource[" + id() + "]";
  }

  /** The first element, whose name cannot be a secret, and what tells descriptions apart. */
  private static String defaultId(String description) {
    Matcher first = FIRST_ELEMENT.matcher(description);
    String element = first.lookingAt() ? first.group(1) : "launch";
    return "gst:" + element;
  }

  /** Collects the settings of a source. */
  public static final class Builder {
    private final String description;
    private @Nullable String name;
    private boolean live;
    private boolean ends;
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration readTimeout = Duration.ofSeconds(10);
    private DecoderPreference decoders = DecoderPreference.HARDWARE_FIRST;
    private boolean hardwareRequired;

    private Builder(String description) {
      if (requireNonNull(description, "description").isBlank()) {
        throw new IllegalArgumentException("the launch description must not be blank");
      }
      this.description = description;
    }

    /**
     * Sets the name in logs and results; the default is {@code gst:} and the first element, so name
     * those that must be told apart.
     *
     * @throws IllegalArgumentException if it is blank
     */
    public Builder id(String newName) {
      if (requireNonNull(newName, "newName").isBlank()) {
        throw new IllegalArgumentException("the id must not be blank");
      }
      name = newName;
      return this;
    }

    /**
     * Says that frames come at their own pace, and are lost when not taken; its end is a fault. The
     * default is a finite stream that waits.
     */
    public Builder live() {
      live = true;
      return this;
    }

    /** Says that the end is none to recover from, though it is live. */
    public Builder ends() {
      ends = true;
      return this;
    }

    /** Sets how long starting may take; the default is 5 seconds. */
    public Builder connectTimeout(Duration time) {
      connectTimeout = Settings.limit(time, "connectTimeout");
      return this;
    }

    /** Sets how long to wait for more of the stream; the default is 10 seconds. */
    public Builder readTimeout(Duration time) {
      readTimeout = Settings.limit(time, "readTimeout");
      return this;
    }

    /**
     * Sets which decoders are tried where the description has none; the default is devices first.
     */
    public Builder decoders(DecoderPreference preference) {
      decoders = requireNonNull(preference, "preference");
      return this;
    }

    /** Makes opening fail where this is not to be had. */
    public Builder require(Requirement requirement) {
      hardwareRequired = requireNonNull(requirement, "requirement") == Requirement.HARDWARE_DECODE;
      return this;
    }

    /**
     * Returns the source; opens nothing.
     *
     * @throws IllegalStateException if settings contradict one another
     */
    public GStreamerSource build() {
      if (hardwareRequired && decoders == DecoderPreference.SOFTWARE) {
        throw new IllegalStateException("HARDWARE_DECODE is required, but SOFTWARE is chosen");
      }
      return new GStreamerSource(this);
    }
  }
}
