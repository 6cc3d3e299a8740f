package io.videoml.testkit.faults;

import static java.util.Objects.requireNonNull;

import io.videoml.frame.ResumePosition;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.testkit.TestClip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A camera in memory: plays a clip over and over, and misbehaves in each connection as it was told.
 * Needs no library and no network. By default it is live and endless, gives frames at the clip's
 * rate, and is well.
 *
 * <pre>{@code
 * FaultyFrameSource camera =
 *     FaultyFrameSource.of("dock", TestClips.movingSquare())
 *         .connection(Behaviour.healthy().failAt(20, Kind.NETWORK)) // the first
 *         .connection(Behaviour.healthy().refuse(Kind.REFUSED)) // the second; then all is well
 *         .build();
 * }</pre>
 *
 * <p>Threading: immutable; connections are independent, but for their number. Serializable; a copy
 * keeps its own counts, and starts with the first connection.
 */
public final class FaultyFrameSource implements FrameSource {
  private static final long serialVersionUID = 1L;
  private static final String POSITION = "faulty:1:";

  private final String id;
  private final TestClip clip;
  private final boolean endless;
  private final boolean resuming;
  private final @Nullable String host;
  private final FramePace pace;
  private final ArrayList<Behaviour> script;
  private final Behaviour afterwards;
  private transient @Nullable CameraCounts counts;

  private FaultyFrameSource(Builder builder) {
    id = builder.id;
    clip = builder.clip;
    endless = builder.endless;
    resuming = builder.resuming;
    host = builder.host;
    pace = builder.pace;
    script = new ArrayList<>(builder.script);
    afterwards = builder.afterwards;
  }

  /** Starts a camera that plays the clip. */
  public static Builder of(String id, TestClip clip) {
    return new Builder(requireNonNull(id, "id"), requireNonNull(clip, "clip"));
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public boolean live() {
    return endless;
  }

  @Override
  public boolean endless() {
    return endless;
  }

  @Override
  public Optional<String> host() {
    return Optional.ofNullable(host);
  }

  @Override
  public FrameReader open(Optional<ResumePosition> from, DecodeDemand demand) {
    CameraCounts books = counts();
    int number = books.beginOpening();
    boolean succeeded = false;
    try {
      Behaviour behaviour = number < script.size() ? script.get(number) : afterwards;
      long start = from.map(this::after).orElse(0L);
      connect(behaviour);
      succeeded = true;
      return new FaultyReader(
          new FaultyFrames(clip, behaviour, start, endless, resuming),
          id,
          pace,
          behaviour,
          demand,
          books);
    } finally {
      books.endOpening(succeeded);
    }
  }

  private void connect(Behaviour behaviour) {
    try {
      TimeUnit.NANOSECONDS.sleep(behaviour.openTime.toNanos());
      if (behaviour.hangsInOpen) {
        new CountDownLatch(1).await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SourceException(Kind.CLOSED, id, "interrupted while connecting", e);
    }
    Kind refusal = behaviour.refusal;
    if (refusal != null) {
      throw new SourceException(refusal, id, "does not open, as told");
    }
  }

  /** Returns what was done to this very instance. */
  public synchronized CameraCounts counts() {
    if (counts == null) {
      counts = new CameraCounts();
    }
    return counts;
  }

  @Override
  public String toString() {
    return "FaultyFrameSource[" + id + "]";
  }

  static ResumePosition position(long frame) {
    return new ResumePosition(POSITION + frame);
  }

  private long after(ResumePosition position) {
    String token = position.token();
    if (!resuming || !token.startsWith(POSITION)) {
      throw new SourceException(
          Kind.CONFIGURATION,
          id,
          "cannot go on at "
              + token
              + ", which is of another source; make this one with resuming() and use its own");
    }
    return Long.parseLong(token.substring(POSITION.length())) + 1;
  }

  /** Collects what a camera does. */
  public static final class Builder {
    private final String id;
    private final TestClip clip;
    private final List<Behaviour> script = new ArrayList<>();
    private Behaviour afterwards = Behaviour.healthy();
    private boolean endless = true;
    private boolean resuming;
    private @Nullable String host;
    private FramePace pace;

    private Builder(String id, TestClip clip) {
      if (clip.frames() < 1) {
        throw new IllegalArgumentException("a camera needs a clip with frames, has none");
      }
      this.id = id;
      this.clip = clip;
      this.pace = FramePace.of(clip);
    }

    /** Adds what it does in the next connection; an attempt that fails counts as one. */
    public Builder connection(Behaviour behaviour) {
      script.add(requireNonNull(behaviour, "behaviour"));
      return this;
    }

    /** Adds what it does in so many of the next connections. */
    public Builder connections(int number, Behaviour behaviour) {
      for (int i = 0; i < number; i++) {
        connection(behaviour);
      }
      return this;
    }

    /** Says what it does in all further connections. Default: it is well. */
    public Builder afterwards(Behaviour behaviour) {
      afterwards = requireNonNull(behaviour, "behaviour");
      return this;
    }

    /** Makes it a file: not live, with the end of the clip as its own. */
    public Builder finite() {
      endless = false;
      return this;
    }

    /** Gives frames positions to go on from; media time is then that of the whole clip. */
    public Builder resuming() {
      resuming = true;
      return this;
    }

    /** Says which host it is at, in lower case. Default: none. */
    public Builder host(String name) {
      host = requireNonNull(name, "name");
      return this;
    }

    /** Says when frames come. Default: at the clip's rate. */
    public Builder pace(FramePace when) {
      pace = requireNonNull(when, "when");
      return this;
    }

    /** Returns the camera. Settings made afterwards do not reach it. */
    public FaultyFrameSource build() {
      return new FaultyFrameSource(this);
    }
  }
}
