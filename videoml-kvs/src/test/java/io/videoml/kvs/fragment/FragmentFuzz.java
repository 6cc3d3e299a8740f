package io.videoml.kvs.fragment;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Feeds a reader with streams that are nearly right. It may fail with its own exception only, must
 * not take more memory than its limits allow, must come to an end, and must find the same in
 * whatever pieces a stream comes.
 *
 * <p>{@code FragmentFuzz INPUTS SEED [FIRST]}; {@code benchmarks/kvs-fuzz} runs it.
 */
final class FragmentFuzz {
  private static final FragmentLimits LIMITS = new FragmentLimits(4096, 4096, 3, 40, 60);

  /** A reader and its buffers, exceptions, and copies of tags for fragments of a few bytes. */
  private static final long FIXED_BYTES = 128 << 10;

  private static final long BYTES_FOR_BYTE = 400;

  /** Some microseconds as a rule; the rest is for a machine that is busy with something else. */
  private static final Duration HANG = Duration.ofSeconds(10);

  /** Every so many inputs are also read in other pieces, which takes twice the time. */
  private static final int COMPARED = 8;

  private final FuzzInputs inputs;
  private final long seed;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final AtomicLong current = new AtomicLong(-1);
  private long read;
  private long bytes;
  private long refused;
  private long fragments;
  private long frames;
  private long mostAllocated;

  private long allocated;
  private long took;
  private boolean excessive;

  FragmentFuzz(FuzzInputs inputs, long seed) {
    this.inputs = inputs;
    this.seed = seed;
  }

  /** Boils down what was found, and holds the reader to its promises. */
  private static final class Digest implements FragmentHandler {
    private long value;
    private boolean started;
    private long fragments;
    private long frames;
    private int framesOfFragment;

    @Override
    public void onStart(KvsFragment fragment) {
      check(!started && fragment.index() == fragments && !fragment.complete());
      started = true;
      add(fragment.hashCode());
    }

    @Override
    public void onFrame(KvsFrame frame) {
      ByteBuffer data = frame.data();
      check(started && frame.index() == framesOfFragment++ && data.remaining() == frame.size());
      frames++;
      add(data.hashCode());
      add(frame.timecodeNanos());
      add(frame.track().number() * 2 + (frame.keyFrame() ? 1 : 0));
    }

    @Override
    public void onEnd(KvsFragment fragment) {
      check(fragment.index() == fragments++ && fragment.frames() == framesOfFragment);
      check(started || framesOfFragment == 0);
      framesOfFragment = 0;
      started = false;
      add(fragment.hashCode());
    }

    private void add(long part) {
      value = value * 0x9E3779B97F4A7C15L + part;
    }

    private static void check(boolean promise) {
      if (!promise) {
        throw new AssertionError("the handler was called out of turn");
      }
    }
  }

  /** Reads inputs until there were enough of them, or the time is over. */
  void run(long first, long count, long deadlineNanos) {
    for (long i = first; i < first + count && System.nanoTime() < deadlineNanos; i++) {
      current.set(i);
      SplittableRandom random = new SplittableRandom(seed * 1_000_000_007 + i);
      byte[] input = inputs.next(random);
      try {
        one(input, random, i % COMPARED == 0);
      } catch (Throwable e) {
        throw new AssertionError("input %d of seed %d: %s".formatted(i, seed, e), e);
      }
      read++;
      bytes += input.length;
    }
    current.set(Long.MAX_VALUE);
  }

  /** Returns which input is being read. */
  long current() {
    return current.get();
  }

  long read() {
    return read;
  }

  @Override
  public String toString() {
    return "%,d inputs, %,d bytes: %,d refused, %,d fragments, %,d frames; most allocated %,d bytes"
        .formatted(read, bytes, refused, fragments, frames, mostAllocated);
  }

  private void one(byte[] input, SplittableRandom random, boolean compared) {
    int[] pieces = random.nextBoolean() ? new int[] {input.length} : pieces(input, random);
    Digest found = new Digest();
    String failure = measured(input, pieces, found);
    if (excessive) {
      // The first of a kind loads classes and links messages; only what comes again is the
      // reader's.
      found = new Digest();
      failure = measured(input, pieces, found);
    }
    if (excessive) {
      throw new AssertionError(
          "%d bytes allocated in %d ns for %d bytes".formatted(allocated, took, input.length));
    }
    mostAllocated = Math.max(mostAllocated, allocated);
    refused += failure.isEmpty() ? 0 : 1;
    fragments += found.fragments;
    frames += found.frames;
    if (compared) {
      Digest again = new Digest();
      String secondFailure = feed(input, pieces(input, random), again);
      if (again.value != found.value || !secondFailure.equals(failure)) {
        throw new AssertionError(
            "in other pieces it is another stream: \"%s\" and \"%s\", %d and %d frames"
                .formatted(failure, secondFailure, found.frames, again.frames));
      }
    }
  }

  private String measured(byte[] input, int[] pieces, Digest found) {
    long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
    long before = System.nanoTime();
    String failure = feed(input, pieces, found);
    took = System.nanoTime() - before;
    allocated = threads.getCurrentThreadAllocatedBytes() - allocatedBefore;
    boolean tooMuch = allocated > FIXED_BYTES + BYTES_FOR_BYTE * input.length;
    excessive = tooMuch || took > HANG.toNanos();
    return failure;
  }

  /** Returns why the input was refused; empty if it was not. */
  private static String feed(byte[] input, int[] pieces, FragmentHandler handler) {
    FragmentReader reader = new FragmentReader(handler, LIMITS);
    String failure = "";
    int at = 0;
    try {
      for (int piece : pieces) {
        reader.feed(ByteBuffer.wrap(input, at, piece));
        at += piece;
      }
    } catch (FragmentException e) {
      failure = e.getMessage();
    }
    reader.end();
    return failure;
  }

  private static int[] pieces(byte[] input, SplittableRandom random) {
    int[] pieces = new int[input.length];
    int longest = 1 << random.nextInt(12);
    int count = 0;
    for (int at = 0; at < input.length; at += pieces[count++]) {
      pieces[count] = Math.min(1 + random.nextInt(longest), input.length - at);
    }
    return Arrays.copyOf(pieces, count);
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    long count = Long.parseLong(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    long first = arguments.length > 2 ? Long.parseLong(arguments[2]) : 0;
    FuzzInputs inputs =
        new FuzzInputs().withCaptures(Path.of(System.getProperty("videoml.shared")));
    System.out.printf("%,d inputs of seed %d from %d seed streams%n", count, seed, inputs.seeds());
    FragmentFuzz fuzz = new FragmentFuzz(inputs, seed);
    Throwable[] problem = {null};
    long start = System.nanoTime();
    Thread worker = new Thread(() -> fuzz.run(first, count, Long.MAX_VALUE), "fuzz");
    worker.setUncaughtExceptionHandler((thread, e) -> problem[0] = e);
    worker.setDaemon(true);
    worker.start();
    long last = -1;
    do {
      last = fuzz.current();
      worker.join(HANG.toMillis());
    } while (worker.isAlive() && fuzz.current() != last);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("%s; %,.0f inputs a second%n", fuzz, fuzz.read() / seconds);
    if (worker.isAlive()) {
      System.out.printf("HANGS: input %d of seed %d%n", last, seed);
      System.exit(2);
    } else if (problem[0] != null) {
      problem[0].printStackTrace();
      System.exit(1);
    }
  }
}
