package io.videoml.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.OwnedFrame;
import io.videoml.frame.ResumePosition;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.source.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every {@link FrameSource} promises, with its readers and the frames they lend. An
 * implementation extends this and says how to read one clip; its own behaviour is tested elsewhere.
 */
public abstract class FrameSourceContract extends FrameSourceClosing {

  @Test
  void tryAdvance_wholeClip_deliversEveryFrameInOrder() {
    List<FrameInfo> frames = readAll(source(), Optional.empty(), DecodeDemand.ALL);

    assertThat(frames).hasSize(expected().frames());
    assertThat(indices(frames)).isEqualTo(positions(0));
    for (FrameInfo frame : frames) {
      assertThat(frame.width()).isEqualTo(expected().width());
      assertThat(frame.height()).isEqualTo(expected().height());
      assertThat(frame.keyFrame())
          .as("frame %d is a key frame", frame.index())
          .isEqualTo(expected().keyFrames().contains(frame.index()));
      assertThat(frame.corrupt()).as("frame %d is corrupt", frame.index()).isFalse();
    }
    assertTimes(frames, 0);
  }

  @Test
  void tryAdvance_wholeClip_timesNeverGoBack() {
    List<FrameInfo> frames = readAll(source(), Optional.empty(), DecodeDemand.ALL);

    assertThat(frames).extracting(frame -> frame.time().pts()).isSorted();
    assertThat(frames).extracting(frame -> frame.time().arrivalNanos()).isSorted();
  }

  @Test
  void tryAdvance_atTheEnd_keepsReturningFalse() {
    try (FrameReader reader = source().open()) {
      while (reader.tryAdvance(frame -> {})) {}

      for (int i = 0; i < 3; i++) {
        assertThat(reader.tryAdvance(frame -> fail("a frame after the end"))).isFalse();
      }
    }
  }

  @Test
  void tryAdvance_handlerThrows_passesThrough() {
    RuntimeException own = new UnsupportedOperationException("the handler's own");
    try (FrameReader reader = source().open()) {
      assertThatThrownBy(
              () ->
                  reader.tryAdvance(
                      frame -> {
                        throw own;
                      }))
          .isSameAs(own);
    }
  }

  @Test
  void stream_ofOpenReader_tellsTheSize() {
    try (FrameReader reader = source().open()) {
      reader.tryAdvance(frame -> {});

      assertThat(reader.stream().width()).isEqualTo(expected().width());
      assertThat(reader.stream().height()).isEqualTo(expected().height());
      assertThat(reader.stream().codec()).isNotBlank();
      assertThat(reader.stream().decoder()).isNotBlank();
    }
  }

  @Test
  void frame_afterItsTime_throwsButItsInfoStays() {
    List<Frame> kept = new ArrayList<>();
    try (FrameReader reader = source().open()) {
      reader.tryAdvance(kept::add);

      assertThatIllegalStateException().isThrownBy(() -> kept.get(0).plane(0));
      assertThatIllegalStateException().isThrownBy(() -> kept.get(0).share());
      assertThat(kept.get(0).info().index()).isZero();
    }
  }

  @Test
  void share_outlivesReaderAndClosesOnceFromAnyThread() {
    List<OwnedFrame> shared = new ArrayList<>();
    List<byte[]> lent = new ArrayList<>();
    try (FrameReader reader = source().open()) {
      reader.tryAdvance(
          frame -> {
            lent.add(Pixels.of(frame));
            shared.add(frame.share());
          });
      for (int i = 0; i < 10; i++) {
        reader.tryAdvance(frame -> {}); // would reuse memory that nobody holds
      }
    }
    OwnedFrame frame = shared.get(0);

    assertThat(Pixels.of(frame)).isEqualTo(lent.get(0));
    OwnedFrame again = frame.share();
    Bounded.run("close", frame::close);
    assertThatIllegalStateException().isThrownBy(() -> frame.plane(0));
    assertThat(Pixels.of(again)).isEqualTo(lent.get(0));
    again.close();
    frame.close();
  }

  @Test
  void open_forKeyFrames_deliversExactlyThoseAndCountsTheRest() {
    List<FrameInfo> frames = new ArrayList<>();
    try (FrameReader reader = source().open(Optional.empty(), DecodeDemand.KEY_FRAMES)) {
      while (reader.tryAdvance(frame -> frames.add(frame.info()))) {}

      assertThat(indices(frames)).isEqualTo(expected().keyFrames());
      assertThat(frames).allMatch(FrameInfo::keyFrame);
      assertThat(reader.notDemanded()).isEqualTo(expected().frames() - frames.size());
    }
    for (FrameInfo frame : frames) {
      assertTime(frame, (int) frame.index());
    }
  }

  @Test
  void open_forWhatMoves_deliversAllKeyFramesInOrderAndCountsTheRest() {
    List<FrameInfo> frames = new ArrayList<>();
    try (FrameReader reader = source().open(Optional.empty(), DecodeDemand.MOVING)) {
      while (reader.tryAdvance(frame -> frames.add(frame.info()))) {
        assertThat(reader.stream().sleep().state()).isNotNull();
      }

      assertThat(indices(frames)).containsAll(expected().keyFrames()).isSorted();
      assertThat(indices(frames)).doesNotHaveDuplicates();
      assertThat(reader.notDemanded()).isEqualTo(expected().frames() - frames.size());
    }
    for (FrameInfo frame : frames) {
      assertTime(frame, (int) frame.index());
    }
  }

  @Test
  void demand_forWhatMovesAndThenForAll_holdsFromOneOfTheNextKeyFrames() {
    List<FrameInfo> frames = new ArrayList<>();
    try (FrameReader reader = source().open(Optional.empty(), DecodeDemand.MOVING)) {
      reader.tryAdvance(frame -> frames.add(frame.info()));
      reader.demand(DecodeDemand.ALL);
      while (reader.tryAdvance(frame -> frames.add(frame.info()))) {}

      // As above: a decoder that reads ahead may have passed over a group already.
      long thirdKeyFrame = expected().keyFrames().get(2);
      assertThat(indices(frames)).containsAll(positions((int) thirdKeyFrame)).isSorted();
      assertThat(reader.notDemanded()).isEqualTo(expected().frames() - frames.size());
    }
  }

  @Test
  void demand_narrowed_holdsFromTheNextFrame() {
    List<FrameInfo> frames = new ArrayList<>();
    try (FrameReader reader = source().open()) {
      for (int i = 0; i < 3; i++) {
        reader.tryAdvance(frame -> frames.add(frame.info()));
      }
      reader.demand(DecodeDemand.KEY_FRAMES);
      while (reader.tryAdvance(frame -> frames.add(frame.info()))) {}

      List<Long> wanted = new ArrayList<>(List.of(0L, 1L, 2L));
      expected().keyFrames().stream().filter(key -> key > 2).forEach(wanted::add);
      assertThat(indices(frames)).isEqualTo(wanted);
      assertThat(reader.notDemanded()).isEqualTo(expected().frames() - frames.size());
    }
  }

  @Test
  void demand_widened_holdsFromOneOfTheNextKeyFrames() {
    List<FrameInfo> frames = new ArrayList<>();
    try (FrameReader reader = source().open(Optional.empty(), DecodeDemand.KEY_FRAMES)) {
      reader.tryAdvance(frame -> frames.add(frame.info()));
      reader.demand(DecodeDemand.ALL);
      while (reader.tryAdvance(frame -> frames.add(frame.info()))) {}

      // A decoder that reads ahead may have passed over frames already; after that, all of them
      // come.
      int dense = firstNonKey(frames) - 1;
      assertThat(indices(frames.subList(0, dense))).isSubsetOf(expected().keyFrames());
      assertThat(indices(frames.subList(dense, frames.size())))
          .isEqualTo(positions((int) frames.get(dense).index()));
      assertThat(reader.notDemanded()).isEqualTo(expected().frames() - frames.size());
    }
  }

  @Test
  void open_atAPosition_goesOnRightAfterIt() {
    List<ResumePosition> positions = new ArrayList<>();
    try (FrameReader reader = source().open()) {
      while (reader.tryAdvance(frame -> frame.position().ifPresent(positions::add))) {}
    }
    assumeTrue(!positions.isEmpty(), "this source cannot resume");
    assertThat(positions).hasSize(expected().frames());

    int last = expected().frames() - 1;
    for (int position : new int[] {0, last / 2, last - 1, last}) {
      List<FrameInfo> rest =
          readAll(source(), Optional.of(positions.get(position)), DecodeDemand.ALL);
      assertThat(rest).as("after frame %d", position).hasSize(last - position);
      assertTimes(rest, position + 1);
    }
  }

  @Test
  void open_atAPositionOfAnotherSource_throws() {
    Optional<ResumePosition> foreign = Optional.of(new ResumePosition("another-kind:9:x"));

    assertThatThrownBy(() -> source().open(foreign, DecodeDemand.ALL))
        .isInstanceOf(SourceException.class);
  }

  @Test
  void open_twice_readsIndependently() {
    FrameSource source = source();
    List<FrameInfo> first = new ArrayList<>();
    List<FrameInfo> second = new ArrayList<>();
    try (FrameReader one = source.open()) {
      for (int i = 0; i < 4; i++) {
        one.tryAdvance(frame -> first.add(frame.info()));
      }
      second.addAll(readAll(source, Optional.empty(), DecodeDemand.ALL));
      while (one.tryAdvance(frame -> first.add(frame.info()))) {}
    }

    assertThat(indices(first)).isEqualTo(positions(0));
    assertThat(indices(second)).isEqualTo(positions(0));
  }

  @Test
  void source_afterATrip_readsTheSame() {
    FrameSource source = source();
    FrameSource travelled = Travel.roundTrip(source);

    assertThat(travelled.id()).isEqualTo(source.id());
    assertThat(travelled.live()).isEqualTo(source.live());
    assertThat(readAll(travelled, Optional.empty(), DecodeDemand.ALL)).hasSize(expected().frames());
  }

  @Test
  void source_withCredentials_showsThemNowhere() {
    FrameSource source =
        require(
            sourceWithCredentials("jo-user", "s3cret-word"),
            "this kind of source has no credentials");

    assertThat(source.id()).isNotBlank().doesNotContain("jo-user").doesNotContain("s3cret-word");
    assertThat(source.toString()).doesNotContain("jo-user").doesNotContain("s3cret-word");
    Throwable failure = catchThrowableOfType(SourceException.class, () -> source.open().close());
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      assertThat(cause.toString()).doesNotContain("jo-user").doesNotContain("s3cret-word");
    }
  }
}
