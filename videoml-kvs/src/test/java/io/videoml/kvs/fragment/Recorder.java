package io.videoml.kvs.fragment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Keeps what a reader finds. */
class Recorder implements FragmentHandler {

  /** A frame, with a checksum in place of its bytes. */
  record Frame(
      long fragment,
      long track,
      int index,
      long timecodeNanos,
      boolean keyFrame,
      int size,
      long checksum) {}

  final List<KvsFragment> starts = new ArrayList<>();
  final List<KvsFragment> ends = new ArrayList<>();
  final List<Frame> frames = new ArrayList<>();
  private int framesBefore;

  @Override
  public void onStart(KvsFragment fragment) {
    if (fragment.index() != ends.size() || starts.size() > ends.size()) {
      throw new AssertionError("out of turn: start of " + fragment);
    }
    while (starts.size() < ends.size()) {
      starts.add(null); // Fragments that ended without a start.
    }
    starts.add(fragment);
  }

  @Override
  public void onFrame(KvsFrame frame) {
    if (starts.size() != ends.size() + 1 || frame.index() != frames.size() - framesBefore) {
      throw new AssertionError("out of turn: frame " + frame.index());
    }
    ByteBuffer data = frame.data();
    if (!data.isReadOnly() || data.remaining() != frame.size()) {
      throw new AssertionError("not as promised: " + data);
    }
    frames.add(
        new Frame(
            ends.size(),
            frame.track().number(),
            frame.index(),
            frame.timecodeNanos(),
            frame.keyFrame(),
            frame.size(),
            checksum(data)));
  }

  @Override
  public void onEnd(KvsFragment fragment) {
    if (fragment.index() != ends.size() || fragment.frames() != frames.size() - framesBefore) {
      throw new AssertionError("out of turn: end of " + fragment);
    }
    framesBefore = frames.size();
    ends.add(fragment);
  }

  long complete() {
    return ends.stream().filter(KvsFragment::complete).count();
  }

  List<Frame> framesOf(int fragment) {
    return frames.stream().filter(frame -> frame.fragment() == fragment).toList();
  }

  static long checksum(ByteBuffer data) {
    CRC32C checksum = new CRC32C();
    checksum.update(data);
    return checksum.getValue();
  }

  /** Reads a stream as a whole and byte by byte, which must not differ. */
  static Recorder read(byte[]... parts) {
    byte[] stream = Mkv.join(parts);
    Recorder whole = read(stream, Integer.MAX_VALUE);
    Recorder bytes = read(stream, 1);
    assertThat(bytes.starts).isEqualTo(whole.starts);
    assertThat(bytes.frames).isEqualTo(whole.frames);
    assertThat(bytes.ends).isEqualTo(whole.ends);
    return whole;
  }

  /** Reads all of a stream, in pieces of one size. */
  static Recorder read(byte[] stream, int piece) {
    Recorder recorder = new Recorder();
    FragmentReader reader = new FragmentReader(recorder, FragmentLimits.defaults());
    for (int at = 0; at < stream.length; at += Math.min(piece, stream.length - at)) {
      reader.feed(ByteBuffer.wrap(stream, at, Math.min(piece, stream.length - at)));
    }
    reader.end();
    return recorder;
  }
}
