package io.videoml.testkit;

import static java.util.Objects.requireNonNull;

import io.videoml.frame.ResumePosition;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.source.SourceException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Reads a generated clip without any library, with faults on request. Frames come as fast as they
 * are taken, also of a live source: what paces them is {@link Builder#before}, not the clock.
 *
 * <p>Threading: immutable; every reading is independent. Serializable if its hooks are; a copy
 * keeps its own ledger.
 */
public final class FakeFrameSource implements FrameSource {
  private static final long serialVersionUID = 1L;
  private static final String POSITION = "fake:1:";

  final FakeScript script;
  private transient @Nullable FrameLedger ledger;

  private FakeFrameSource(FakeScript script) {
    this.script = script;
  }

  /** Returns a file-like source of the clip, without faults. */
  public static FakeFrameSource of(TestClip clip) {
    return of("fake", clip).build();
  }

  /** Starts a source with faults. */
  public static Builder of(String id, TestClip clip) {
    return new Builder(id, clip);
  }

  @Override
  public String id() {
    return script.id;
  }

  @Override
  public boolean live() {
    return script.live;
  }

  @Override
  public boolean endless() {
    return script.endless;
  }

  @Override
  public FrameReader open(Optional<ResumePosition> from, DecodeDemand demand) {
    script.onOpen.run();
    if (script.hangOnOpen) {
      FakeFrameReader.hangUntil(new CountDownLatch(1), script.id);
    }
    int start = from.map(this::after).orElse(0);
    return new FakeFrameReader(script, start, demand, ledger());
  }

  /** Returns the books over all frames that this very instance made, in all its readings. */
  public synchronized FrameLedger ledger() {
    if (ledger == null) {
      ledger = new FrameLedger();
    }
    return ledger;
  }

  @Override
  public String toString() {
    return "FakeFrameSource[" + script.id + "]";
  }

  static ResumePosition position(int frame) {
    return new ResumePosition(POSITION + frame);
  }

  private int after(ResumePosition position) {
    String token = position.token();
    if (!token.startsWith(POSITION)) {
      throw new SourceException(
          SourceException.Kind.CONFIGURATION,
          script.id,
          "the resume position " + token + " is of another source; resume with one of this source");
    }
    return Integer.parseInt(token.substring(POSITION.length())) + 1;
  }

  /** Called on the reading thread; what it throws comes out of the read. */
  @FunctionalInterface
  public interface Hook extends Serializable {
    /** Does what the test wants done at this moment: wait, count, throw. */
    void run();
  }

  /** Collects the faults of a source. Frames are named by their position in the clip. */
  public static final class Builder {
    private final FakeScript script;

    private Builder(String id, TestClip clip) {
      script = new FakeScript(requireNonNull(id, "id"), requireNonNull(clip, "clip"));
    }

    /** Makes it live: frames that are not taken are lost, to the pipeline. */
    public Builder live() {
      script.live = true;
      return this;
    }

    /** Makes its end a fault, as that of a camera; it is live then. Default: the clip's end. */
    public Builder endless() {
      script.endless = true;
      return live();
    }

    /** Calls the hook whenever the source is opened, before anything else. */
    public Builder onOpen(Hook hook) {
      script.onOpen = requireNonNull(hook, "hook");
      return this;
    }

    /**
     * Calls the hook before a frame is delivered, or passed over: to pace the source, or to break
     * it.
     */
    public Builder before(int frame, Hook hook) {
      script.hooks.put(frame, requireNonNull(hook, "hook"));
      return this;
    }

    /** Fails in place of a frame, and of all after it. */
    public Builder failAt(int frame, SourceException.Kind kind) {
      String id = script.id;
      return before(
          frame,
          () -> {
            throw new SourceException(kind, id, "failed at frame " + frame + ", as told");
          });
    }

    /** Waits in place of opening until the thread is interrupted. */
    public Builder hangOnOpen() {
      script.hangOnOpen = true;
      return this;
    }

    /** Waits in place of a frame until the reader is closed, or its thread interrupted. */
    public Builder hangAt(int frame) {
      script.hangAt = frame;
      return this;
    }

    /** Marks frames as corrupt. */
    public Builder corrupt(Integer... frames) {
      script.corrupt.addAll(List.of(frames));
      return this;
    }

    /** Delivers frames of another size from this frame on. */
    public Builder resizeAt(int frame, int width, int height) {
      script.resizeAt = frame;
      script.newWidth = width;
      script.newHeight = height;
      return this;
    }

    /** Lets media time start again from zero at this frame. */
    public Builder restartTimeAt(int frame) {
      script.restartTimeAt = frame;
      return this;
    }

    /**
     * Tells when something moves, so that a demand for {@link DecodeDemand#MOVING} lets it sleep
     * before and after; without it, the source cannot tell.
     *
     * @param until the first frame that is quiet again
     */
    public Builder movingIn(int from, int until) {
      if (from < 0 || until < from) {
        throw new IllegalArgumentException(
            "something moves from a frame to a later one, was " + from + " to " + until);
      }
      script.movesFrom = from;
      script.movesUntil = until;
      return this;
    }

    /** Returns the source. Settings made afterwards do not reach it. */
    public FakeFrameSource build() {
      return new FakeFrameSource(script.copy());
    }
  }
}
