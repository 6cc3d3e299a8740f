package io.videoml.kvs.fragment;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The block that is being read, and the frame of it that is being lent. One object serves all
 * frames of a reader, so that a frame costs no garbage before its data is asked for.
 */
final class Block implements KvsFrame {
  private static final int KEY_FRAME = 0x80;

  private final BlockHeader header = new BlockHeader();
  private @Nullable ByteBuffer in;
  private @Nullable ByteBuffer readOnly;
  private @Nullable KvsTrack track;
  private boolean key;

  private int frameAt;
  private int frameSize;
  private int index;
  private long timecodeNanos;

  /** Forgets the memory that frames lie in. */
  void forget() {
    in = null;
    readOnly = null;
    header.forget();
  }

  /**
   * Reads a block's header.
   *
   * @param base where in the stream the buffer's index 0 is
   */
  @SuppressWarnings("ReferenceEquality") // The same memory is meant, not the same bytes.
  void read(ByteBuffer buffer, int from, int to, long base, List<KvsTrack> tracks) {
    if (buffer != in) {
      in = buffer;
      readOnly = null;
    }
    header.read(buffer, from, to, base);
    track = track(header.track(), tracks);
    key = (header.flags() & KEY_FRAME) != 0;
  }

  /** Overrules what the block says of itself, since one in a group does not say it. */
  void keyFrame(boolean isKey) {
    key = isKey;
  }

  /** Returns how many frames are laced together, as a rule one. */
  int count() {
    return header.count();
  }

  /** Returns how long after the first frame the last is. */
  long spanNanos() {
    return (count() - 1L) * track().defaultDurationNanos();
  }

  /** Returns the block's time, in units of the document, from that of the cluster. */
  long time() {
    return header.time();
  }

  /**
   * Lends the frame of this place in the block; in turn, from 0.
   *
   * @param blockNanos the time of the block
   */
  KvsFrame frame(int place, int indexInFragment, long blockNanos) {
    if (place == 0) {
      frameAt = header.data();
    } else {
      frameAt += frameSize;
    }
    frameSize = header.size(place);
    index = indexInFragment;
    // Only the first of laced frames has a time of its own.
    timecodeNanos = blockNanos + place * track().defaultDurationNanos();
    return this;
  }

  @Override
  public KvsTrack track() {
    return requireNonNull(track, "no frame is lent");
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public long timecodeNanos() {
    return timecodeNanos;
  }

  @Override
  public boolean keyFrame() {
    return key;
  }

  @Override
  public int size() {
    return frameSize;
  }

  @Override
  public ByteBuffer data() {
    ByteBuffer view = readOnly;
    if (view == null) {
      view = requireNonNull(in, "the frame was lent until the handler returned").asReadOnlyBuffer();
      readOnly = view;
    }
    return view.slice(frameAt, frameSize);
  }

  private KvsTrack track(long number, List<KvsTrack> tracks) {
    for (int i = 0; i < tracks.size(); i++) {
      if (tracks.get(i).number() == number) {
        return tracks.get(i);
      }
    }
    throw header.fail("a block is of track " + number + ", which Tracks does not have");
  }
}
