package io.videoml.kvs.fragment;

import static io.videoml.kvs.fragment.Mkv.block;
import static io.videoml.kvs.fragment.Mkv.bytes;
import static io.videoml.kvs.fragment.Mkv.claiming;
import static io.videoml.kvs.fragment.Mkv.document;
import static io.videoml.kvs.fragment.Mkv.element;
import static io.videoml.kvs.fragment.Mkv.frame;
import static io.videoml.kvs.fragment.Mkv.header;
import static io.videoml.kvs.fragment.Mkv.info;
import static io.videoml.kvs.fragment.Mkv.join;
import static io.videoml.kvs.fragment.Mkv.number;
import static io.videoml.kvs.fragment.Mkv.tags;
import static io.videoml.kvs.fragment.Mkv.text;
import static io.videoml.kvs.fragment.Mkv.time;
import static io.videoml.kvs.fragment.Mkv.track;
import static io.videoml.kvs.fragment.Mkv.tracks;
import static io.videoml.kvs.fragment.Mkv.unsized;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a reader refuses, what it is good for afterwards, and what it takes of memory. */
class FragmentReaderLimitsTest {
  private static final FragmentLimits SMALL = new FragmentLimits(1000, 600, 2, 4, 5);

  private final Recorder found = new Recorder();
  private final FragmentReader reader = new FragmentReader(found, SMALL);

  static Stream<Arguments> refused() {
    byte[] open = document(tracks(), unsized(Ids.CLUSTER, time(0)));
    byte[] deep = Mkv.tag("n", "v");
    for (int i = 0; i < 8; i++) {
      deep = element(Ids.SIMPLE_TAG, deep);
    }
    return Stream.of(
        Arguments.of("is this Matroska?", bytes('<', 'h', 't', 'm', 'l', '>')),
        Arguments.of("no element begins with byte 0x00", bytes(0, 0, 0, 0)),
        Arguments.of("is this Matroska?", frame(0, 1)),
        Arguments.of("without an EBML header", unsized(Ids.SEGMENT)),
        Arguments.of("more than 8 bytes", join(document(), Mkv.id(Ids.TAGS), bytes(0))),
        Arguments.of("more than 4 bytes, 5", element(Ids.EBML, number(Ids.MAX_ID_LENGTH, 5))),
        Arguments.of("more than 8 bytes, 9", element(Ids.EBML, number(Ids.MAX_SIZE_LENGTH, 9))),
        Arguments.of("EBML that nobody knows, 2", element(Ids.EBML, number(Ids.READ_VERSION, 2))),
        Arguments.of("no Matroska but \"html\"", element(Ids.EBML, text(Ids.DOC_TYPE, "html"))),
        Arguments.of("which only Segment", document(unsized(Ids.TAGS))),
        Arguments.of("must not be in a Segment", document(frame(0, 1))),
        Arguments.of("must not be in a Cluster", document(claiming(Ids.CLUSTER, 90, tags()))),
        Arguments.of(
            "must not be in a Segment", join(header(), claiming(Ids.SEGMENT, 900, header()))),
        Arguments.of(
            "goes beyond the element",
            document(element(Ids.CLUSTER, claiming(Ids.SIMPLE_BLOCK, 10)))),
        Arguments.of("goes beyond its parent", document(element(Ids.INFO, claiming(Ids.VOID, 10)))),
        Arguments.of("goes beyond its parent", document(element(Ids.INFO, bytes(0xEC)))),
        Arguments.of("before the time", document(tracks(), unsized(Ids.CLUSTER, frame(0, 1)))),
        Arguments.of("has two times", join(open, time(1))),
        Arguments.of("longer than 63 bits", document(unsized(Ids.CLUSTER, time(-1)))),
        Arguments.of("beyond 292 years", document(unsized(Ids.CLUSTER, time(1L << 62)))),
        Arguments.of("beyond 292 years", lateLaces()),
        Arguments.of("unit of times is 0", document(info(0))),
        Arguments.of(
            "which Tracks does not have", document(unsized(Ids.CLUSTER, time(0), frame(0)))),
        Arguments.of("within its header", join(open, element(Ids.SIMPLE_BLOCK, bytes(0x81, 0)))),
        Arguments.of("within its header", join(open, element(Ids.SIMPLE_BLOCK, bytes(0x01, 0)))),
        Arguments.of("within its header", join(open, element(Ids.SIMPLE_BLOCK))),
        Arguments.of("not 2 frames of one", laced(open, 0x04, 1, 1, 2, 3)),
        Arguments.of("longer than their block", laced(open, 0x02, 2, 3, 2, 0, 0, 0, 0)),
        Arguments.of("a laced frame of", laced(open, 0x02, 1, 200, 0)),
        Arguments.of("a laced frame of -1 ", laced(open, 0x06, 2, 0x83, 0xBF - 4, 0, 0, 0, 0)),
        Arguments.of("a laced frame of", laced(open, 0x06, 1, 0x85, 0)),
        Arguments.of(
            "second block",
            join(open, element(Ids.BLOCK_GROUP, element(Ids.BLOCK), element(Ids.BLOCK)))),
        Arguments.of(
            "compressed or encrypted",
            document(element(Ids.TRACKS, track(1, element(Ids.CONTENT_ENCODINGS))))),
        Arguments.of("without a number", document(element(Ids.TRACKS, element(Ids.TRACK_ENTRY)))),
        Arguments.of("of another track, 1", document(element(Ids.TRACKS, track(1), track(1)))),
        Arguments.of("limit of 2", document(element(Ids.TRACKS, track(1), track(2), track(3)))),
        Arguments.of("more than 8 deep", document(element(Ids.TAGS, element(Ids.TAG, deep)))),
        Arguments.of(
            "more tags than the limit",
            document(tags("a", "", "b", "", "c", ""), tags("d", "", "e", ""))),
        Arguments.of("longer than the limit of 600", document(claiming(Ids.TAGS, 1L << 50))),
        Arguments.of(
            "longer than the limit of 600",
            document(tags("a", "x".repeat(400)), tags("b", "x".repeat(400)))),
        Arguments.of("the limit of 1000", join(open, claiming(Ids.SIMPLE_BLOCK, 1001))),
        Arguments.of("the limit of 1000", join(open, claiming(Ids.BLOCK_GROUP, 1L << 40))),
        Arguments.of("the limit of 1000", document(claiming(Ids.ATTACHMENTS, 1L << 55))),
        Arguments.of(
            "more frames than the limit of 5",
            join(open, frame(0), frame(1), frame(2), frame(3), frame(4), frame(5))),
        Arguments.of("more frames than the limit of 5", laced(open, 0x04, 5, 1, 2, 3, 4, 5, 6)));
  }

  private static byte[] laced(byte[] open, int lacing, int... data) {
    return join(open, element(Ids.SIMPLE_BLOCK, block(1, 0, lacing, bytes(data))));
  }

  /** Frames of which only the first is not too late. */
  private static byte[] lateLaces() {
    byte[] second = number(Ids.DEFAULT_DURATION, 1_000_000_000);
    byte[] laced = element(Ids.SIMPLE_BLOCK, block(1, 0, 0x04, bytes(1, 1, 2)));
    long latest = Long.MAX_VALUE / 1_000_000;
    return document(
        element(Ids.TRACKS, track(1, second)), unsized(Ids.CLUSTER, time(latest), laced));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void feed_wrongOrTooMuch_failsWithItsOwnExceptionOnly(String message, byte[] stream) {
    for (int piece : new int[] {stream.length, 1}) {
      FragmentReader fed = new FragmentReader(new Recorder(), SMALL);
      assertThatThrownBy(
              () -> {
                for (int at = 0; at < stream.length; at += piece) {
                  fed.feed(ByteBuffer.wrap(stream, at, piece));
                }
              })
          .isInstanceOfSatisfying(
              FragmentException.class,
              e -> assertThat(e.offset()).isBetween(0L, (long) stream.length))
          .hasMessageContaining(message);
      assertThatCode(fed::end).doesNotThrowAnyException();
    }
  }

  @Test
  void end_afterAFailure_endsTheBegunFragmentOnceAsNotComplete() {
    byte[] good = document(tracks(), element(Ids.CLUSTER, time(0), frame(0, 1)));
    ByteBuffer stream = ByteBuffer.wrap(join(good, frame(0, 1)));

    assertThatThrownBy(() -> reader.feed(stream)).isInstanceOf(FragmentException.class);
    assertThatThrownBy(() -> reader.feed(ByteBuffer.allocate(1)))
        .isInstanceOf(FragmentException.class)
        .hasMessageContaining("must not be in a Segment");
    assertThat(found.frames).hasSize(1);
    assertThat(found.ends).isEmpty();
    reader.end();
    reader.end();

    assertThat(found.ends).extracting(KvsFragment::complete).containsExactly(false);
    assertThatIllegalStateException().isThrownBy(() -> reader.feed(ByteBuffer.allocate(0)));
  }

  @Test
  void feed_handlerThrows_itsExceptionPassesAndReadingIsOver() {
    List<String> calls = new ArrayList<>();
    FragmentHandler handler =
        new Recorder() {
          @Override
          public void onFrame(KvsFrame frame) {
            throw new UnsupportedOperationException("of the handler");
          }

          @Override
          public void onEnd(KvsFragment fragment) {
            calls.add("end");
          }
        };
    FragmentReader broken = new FragmentReader(handler, SMALL);
    byte[] stream = document(tracks(), element(Ids.CLUSTER, time(0), frame(0, 1)));

    assertThatThrownBy(() -> broken.feed(ByteBuffer.wrap(stream)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("of the handler");
    assertThatIllegalStateException()
        .isThrownBy(() -> broken.feed(ByteBuffer.allocate(1)))
        .withMessageContaining("the handler threw");
    broken.end();

    assertThat(calls).isEmpty();
  }

  @Test
  void feed_handlerThrowsWhatTheReaderThrows_readingIsOverAllTheSame() {
    FragmentException itsOwn = new FragmentException(3, "of another reader");
    FragmentHandler handler =
        new Recorder() {
          @Override
          public void onStart(KvsFragment fragment) {
            throw itsOwn;
          }
        };
    FragmentReader broken = new FragmentReader(handler, SMALL);
    byte[] stream = document(tracks(), element(Ids.CLUSTER, time(0), frame(0, 1)));

    assertThatThrownBy(() -> broken.feed(ByteBuffer.wrap(stream))).isSameAs(itsOwn);
    assertThatIllegalStateException()
        .isThrownBy(() -> broken.feed(ByteBuffer.allocate(1)))
        .withMessageContaining("the handler threw");
  }

  @Test
  void feed_fromWithinTheHandler_isRefused() {
    List<FragmentReader> readers = new ArrayList<>();
    FragmentHandler handler =
        new Recorder() {
          @Override
          public void onStart(KvsFragment fragment) {
            assertThatIllegalStateException()
                .isThrownBy(() -> readers.get(0).feed(ByteBuffer.allocate(1)));
            assertThatIllegalStateException().isThrownBy(() -> readers.get(0).end());
            super.onStart(fragment);
          }
        };
    readers.add(new FragmentReader(handler, SMALL));
    readers.get(0).feed(ByteBuffer.wrap(document(unsized(Ids.CLUSTER, time(0)))));

    assertThat(((Recorder) handler).starts).hasSize(1);
  }

  @Test
  void data_afterTheHandlerReturned_isRefusedRatherThanOtherMemory() {
    List<KvsFrame> kept = new ArrayList<>();
    FragmentHandler handler =
        new Recorder() {
          @Override
          public void onFrame(KvsFrame frame) {
            super.onFrame(frame);
            kept.add(frame);
          }
        };
    FragmentReader lending = new FragmentReader(handler, SMALL);
    lending.feed(ByteBuffer.wrap(document(tracks(), element(Ids.CLUSTER, time(0), frame(0, 1)))));

    assertThatThrownBy(() -> kept.get(0).data()).hasMessageContaining("until the handler returned");
  }

  @Test
  void feed_hugeSizesDeclared_takeNoMemoryBeforeTheBytesCome() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    FragmentReader patient = new FragmentReader(found, FragmentLimits.defaults());
    patient.feed(ByteBuffer.wrap(document(tracks(), unsized(Ids.CLUSTER, time(0)))));
    byte[] claim = claiming(Ids.SIMPLE_BLOCK, 60 << 20, new byte[100]);

    long before = threads.getCurrentThreadAllocatedBytes();
    patient.feed(ByteBuffer.wrap(claim));

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 18);
  }

  @Test
  void feed_framesInPieces_makeNoGarbage() {
    byte[] open = document(tracks(), unsized(Ids.CLUSTER, time(0)));
    byte[] block = element(Ids.SIMPLE_BLOCK, block(1, 1, 0, new byte[5000]));
    int[] count = {0};
    FragmentReader steady =
        new FragmentReader(
            new Recorder() {
              @Override
              public void onFrame(KvsFrame frame) {
                count[0]++;
              }
            },
            FragmentLimits.defaults());
    steady.feed(ByteBuffer.wrap(open));
    ByteBuffer whole = ByteBuffer.wrap(block);
    Runnable round =
        () -> {
          steady.feed(whole.clear().limit(3000));
          steady.feed(whole.limit(whole.capacity()));
        };
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 5_000; i++) {
      round.run();
    }

    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 10_000; i++) {
      round.run();
    }

    // None but what the JVM itself may do in the meantime.
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
    assertThat(count[0]).isEqualTo(15_000);
  }
}
