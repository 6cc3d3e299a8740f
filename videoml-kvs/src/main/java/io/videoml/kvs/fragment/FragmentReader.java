package io.videoml.kvs.fragment;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads fragments from whatever bytes it is fed, in whatever pieces: the network, a file, a fuzzer.
 *
 * <p>A stream is one or more Matroska documents. One whose tags give it a fragment number is one
 * fragment; in others, as producers write them, each cluster is one. Tags before a document's first
 * cluster belong to all its fragments, later ones to the fragment before them.
 *
 * <p>A fragment is {@link KvsFragment#complete() complete} if its continuation token came, which
 * the service writes after the cluster. In a document without any tag of the service, and in all of
 * an {@linkplain #ofArchive archive}, it is complete once its cluster's known size was reached or
 * another element followed the cluster, unless the stream ends within that element. A fragment with
 * an error of the service never is: the error ends it, and what its document still holds is passed
 * over. An error without a number waits for tags that give it, up to the next cluster or document.
 * Tags that follow such a fragment can be missing unseen if the stream ends exactly before them.
 *
 * <p>Checksums (CRC-32) are not verified: the transport has its own.
 *
 * <p>Threading: one thread at a time; the handler must not call the reader.
 */
public final class FragmentReader {
  private final FragmentLimits limits;
  private final Assembly assembly;
  private final Levels levels;
  private final Store store;
  private final ElementHeader header = new ElementHeader();
  private final Contents contents;

  private int id; // of the element that is read as a whole; 0 between elements
  private int size;
  private long skip; // how much of an element is still passed over
  private long base; // where in the stream index 0 of what is being fed is
  private long offset;
  private State state = State.READY;
  private @Nullable FragmentException failure;

  private enum State {
    READY,
    BUSY,
    /** An exception of the handler's passed through. */
    BROKEN,
    FAILED,
    ENDED
  }

  /** Returns a reader of GetMedia, and of documents that producers write. */
  public FragmentReader(FragmentHandler handler, FragmentLimits limits) {
    this(handler, limits, true);
  }

  private FragmentReader(FragmentHandler handler, FragmentLimits limits, boolean tokens) {
    this.limits = requireNonNull(limits, "limits");
    this.assembly = new Assembly(requireNonNull(handler, "handler"), limits, tokens);
    this.levels = new Levels(assembly);
    this.store = new Store();
    this.contents = new Contents(assembly, limits);
  }

  /** Returns a reader of GetMediaForFragmentList, which is not known to write tokens. */
  public static FragmentReader ofArchive(FragmentHandler handler, FragmentLimits limits) {
    return new FragmentReader(handler, limits, false);
  }

  /**
   * Reads on; takes all bytes. A frame that lies in them as a whole is lent as a view of them: they
   * must not change before this returns.
   *
   * @throws FragmentException if this is not a stream that it can read; so will every later call,
   *     and {@link #end()} then ends the fragment that had begun, as not complete. Frames that were
   *     lent before are good. How many bytes were taken is undefined
   * @throws IllegalStateException after {@link #end()}, or after an exception of the handler's,
   *     which passes through and ends reading for good
   */
  public void feed(ByteBuffer bytes) {
    enter();
    try {
      base = offset - bytes.position();
      while (bytes.hasRemaining()) {
        step(bytes);
      }
      offset = base + bytes.position();
      state = State.READY;
    } catch (FragmentException e) {
      if (assembly.handlerThrew()) {
        throw e;
      }
      failure = e;
      offset = e.offset();
      state = State.FAILED;
      throw e;
    } finally {
      contents.forget();
      leave();
    }
  }

  /**
   * Ends the stream, and with it the fragment that had begun, if any. Further calls do nothing, nor
   * does the first after an exception of the handler's.
   */
  public void end() {
    if (state == State.BUSY) {
      throw new IllegalStateException("the handler must not end the reader");
    }
    boolean failed = state == State.FAILED;
    if (failed || state == State.READY) {
      state = State.ENDED;
      if (!failed) {
        levels.closeFinished(offset);
      }
      assembly.end(offset, failed || id != 0 || skip > 0 || header.begun());
    }
  }

  private void enter() {
    switch (state) {
      case READY -> state = State.BUSY;
      case BUSY -> throw new IllegalStateException("the handler must not feed the reader");
      case BROKEN -> throw new IllegalStateException("the handler threw: reading cannot go on");
      case FAILED -> throw new FragmentException(requireNonNull(failure));
      case ENDED -> throw new IllegalStateException("the stream was ended; take a new reader");
    }
  }

  private void leave() {
    if (state == State.BUSY) {
      state = State.BROKEN;
    }
  }

  private void step(ByteBuffer in) {
    if (skip > 0) {
      int step = (int) Math.min(skip, in.remaining());
      in.position(in.position() + step);
      skip -= step;
    } else if (id != 0) {
      if (store.take(in, size)) {
        finish(store.whole(), 0, base + in.position() - size);
      }
    } else if (header.take(in, base)) {
      element(in);
    }
  }

  private void element(ByteBuffer in) {
    int at = in.position();
    long start = base + at - header.length();
    switch (levels.place(header, start)) {
      case PARENT -> {}
      case SKIPPED -> {
        limit(Math.max(limits.frameBytes(), limits.headerBytes()), start);
        skip = header.size();
      }
      case HEADER -> {
        assembly.header(header.size(), start);
        begin(in, at);
      }
      case FRAMES -> {
        limit(limits.frameBytes(), start);
        begin(in, at);
      }
    }
  }

  private void begin(ByteBuffer in, int at) {
    id = header.id();
    size = (int) header.size();
    if (in.remaining() >= size) {
      in.position(at + size);
      finish(in, at, base);
    } else {
      store.begin();
    }
  }

  private void finish(ByteBuffer whole, int at, long wholeBase) {
    int read = id;
    id = 0;
    contents.read(read, whole, at, at + size, wholeBase);
  }

  private void limit(int limit, long start) {
    if (header.size() > limit) {
      throw new FragmentException(
          start,
          "%s of %d bytes is longer than the limit of %d"
              .formatted(Ids.name(header.id()), header.size(), limit));
    }
  }
}
