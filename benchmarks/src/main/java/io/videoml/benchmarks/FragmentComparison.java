package io.videoml.benchmarks;

import com.amazonaws.kinesisvideo.parser.ebml.InputStreamParserByteSource;
import com.amazonaws.kinesisvideo.parser.ebml.MkvTypeInfos;
import com.amazonaws.kinesisvideo.parser.mkv.MkvDataElement;
import com.amazonaws.kinesisvideo.parser.mkv.MkvElement;
import com.amazonaws.kinesisvideo.parser.mkv.StreamingMkvReader;
import io.videoml.kvs.fragment.FragmentHandler;
import io.videoml.kvs.fragment.FragmentLimits;
import io.videoml.kvs.fragment.FragmentReader;
import io.videoml.kvs.fragment.KvsFragment;
import io.videoml.kvs.fragment.KvsFrame;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reading a recording of GetMedia from memory, against Amazon's parser library on the same bytes,
 * which is only asked for its elements, not for the values in them.
 */
final class FragmentComparison {
  private static final int PIECE = 16 << 10;

  private final ByteBuffer stream;
  private final byte[] bytes;
  private final int rounds;
  private final Counter counter = new Counter(false);
  private final Counter copier = new Counter(true);

  /** Looks at every frame, and takes its bytes out if that is wanted, as a decoder does. */
  private static final class Counter implements FragmentHandler {
    private final byte[] taken;
    private long frames;
    private long complete;
    private int sum;

    Counter(boolean copies) {
      taken = new byte[copies ? 4 << 20 : 0];
    }

    @Override
    public void onStart(KvsFragment fragment) {}

    @Override
    public void onFrame(KvsFrame frame) {
      ByteBuffer data = frame.data();
      frames++;
      if (taken.length > 0) {
        data.get(taken, 0, data.remaining());
        sum += taken[0];
      } else {
        sum += data.get(0);
      }
    }

    @Override
    public void onEnd(KvsFragment fragment) {
      complete += fragment.complete() ? 1 : 0;
    }
  }

  FragmentComparison(Path capture, boolean quick) {
    try {
      bytes = Files.exists(capture) ? Files.readAllBytes(capture) : SyntheticFragments.of(5, 60);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    stream = ByteBuffer.wrap(bytes);
    rounds = quick ? 5 : 400;
  }

  List<Ratio> compare(Rounds times) {
    Ratio whole =
        times.compare(
            "fragments in memory, read as a whole",
            "ms/GB",
            0.1,
            () -> ours(bytes.length, counter),
            this::peer);
    Ratio pieces =
        times.compare(
            "the same in pieces of 16 KiB", "ms/GB", 0.1, () -> ours(PIECE, counter), this::peer);
    // Twice the copying of the peer, as delivering whole fragments needs it: only its own time
    // counts.
    Ratio copied =
        times.compare("", "ms/GB", 1, () -> ours(PIECE, copier), () -> ours(PIECE, counter));
    return List.of(
        whole,
        pieces,
        new Ratio("as a whole, absolute", whole.ours(), 1, "ms/GB", 1000 / 1.5),
        new Ratio(
            "in pieces and copied out again, absolute", copied.ours(), 1, "ms/GB", 1000 / 1.5));
  }

  private double ours(int piece, Counter handler) {
    long framesBefore = handler.frames;
    // Many times more often than the peer, or the clock sees nothing.
    int times = 10 * rounds;
    double start = Cpu.threadSeconds();
    for (int i = 0; i < times; i++) {
      FragmentReader reader = new FragmentReader(handler, FragmentLimits.defaults());
      for (int at = 0; at < bytes.length; at += piece) {
        reader.feed(stream.clear().limit(Math.min(at + piece, bytes.length)).position(at));
      }
      reader.end();
    }
    double seconds = Cpu.threadSeconds() - start;
    check(handler.frames - framesBefore, 300L * times);
    check(handler.complete % 5, 0);
    return handler.sum == Integer.MIN_VALUE ? 0 : millisForGigabyte(seconds, times);
  }

  private double peer() {
    long frames = 0;
    int sum = 0;
    // Sums are looked at so that reading the bytes is not optimised away.
    double start = Cpu.threadSeconds();
    for (int i = 0; i < rounds; i++) {
      StreamingMkvReader reader =
          StreamingMkvReader.createDefault(
              new InputStreamParserByteSource(new ByteArrayInputStream(bytes)));
      while (reader.mightHaveNext()) {
        Optional<MkvElement> element = reader.nextIfAvailable();
        if (element.isPresent()
            && element.get() instanceof MkvDataElement data
            && MkvTypeInfos.SIMPLEBLOCK.equals(data.getElementMetaData().getTypeInfo())) {
          frames++;
          sum += data.getDataBuffer().get(4);
        }
      }
    }
    double seconds = Cpu.threadSeconds() - start;
    check(frames, 300L * rounds);
    return sum == Integer.MIN_VALUE ? 0 : millisForGigabyte(seconds, rounds);
  }

  private double millisForGigabyte(double seconds, int times) {
    return seconds * 1000 * 1e9 / ((double) bytes.length * times);
  }

  private static void check(long found, long expected) {
    if (found != expected) {
      throw new IllegalStateException("found " + found + " instead of " + expected);
    }
  }
}
