package io.videoml.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.videoml.frame.FrameInfo;
import io.videoml.frame.ResumePosition;
import io.videoml.packet.PacketInfo;
import io.videoml.packet.PacketReader;
import io.videoml.packet.PacketSource;
import io.videoml.source.FrameReader;
import io.videoml.source.SourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every {@link PacketSource} promises of its packets. An implementation extends this and says
 * how to read one clip, or a camera; its frames are those of {@link FrameSourceContract}.
 */
public abstract class PacketSourceContract extends PacketSourceClosing {

  @Test
  void tryAdvance_fromTheStart_beginsAtAKeyFrameAndGoesInTheOrderOfDecoding() {
    List<Seen> packets = read(packets(), Optional.empty());

    assertThat(packets).hasSizeGreaterThanOrEqualTo(20);
    assertThat(packets.get(0).info().keyFrame()).isTrue();
    assertThat(packets).extracting(packet -> packet.info().dtsNanos()).isSorted();
    assertThat(packets).extracting(packet -> packet.info().arrivalNanos()).isSorted();
    assertThat(packets).allMatch(packet -> packet.bytes() > 0);
    assertThat(packets).noneMatch(packet -> packet.info().decodeOnly());
    assertThat(packets).extracting(packet -> packet.info().ptsNanos()).doesNotHaveDuplicates();
  }

  @Test
  void tryAdvance_wholeClip_deliversEveryPictureWithItsTime() {
    ExpectedClip clip = clip();
    List<PacketInfo> shown =
        read(packets(), Optional.empty()).stream()
            .map(Seen::info)
            .sorted((a, b) -> Long.compare(a.ptsNanos(), b.ptsNanos()))
            .toList();

    assertThat(shown).hasSize(clip.frames());
    for (int i = 0; i < shown.size(); i++) {
      PacketInfo info = shown.get(i);
      assertThat(Duration.ofNanos(info.ptsNanos() - shown.get(0).ptsNanos()))
          .as("time of picture %d", i)
          .isCloseTo(clip.pts().get(i), Duration.ofMillis(1));
      assertThat(info.keyFrame())
          .as("picture %d is a key frame", i)
          .isEqualTo(clip.keyFrames().contains((long) i));
    }
  }

  @Test
  void tryAdvance_atTheEnd_keepsReturningFalse() {
    clip();
    try (PacketReader reader = packets().openPackets(Optional.empty())) {
      while (reader.tryAdvance(packet -> {})) {}

      for (int i = 0; i < 3; i++) {
        assertThat(reader.tryAdvance(packet -> FrameSourceSetup.fail("a packet after the end")))
            .isFalse();
      }
    }
  }

  @Test
  void tryAdvance_handlerThrows_passesThroughAndReadingGoesOn() {
    RuntimeException own = new UnsupportedOperationException("the handler's own");
    List<PacketInfo> infos = new ArrayList<>();
    try (PacketReader reader = packets().openPackets(Optional.empty())) {
      assertThatThrownBy(
              () ->
                  reader.tryAdvance(
                      packet -> {
                        infos.add(packet.info());
                        throw own;
                      }))
          .isSameAs(own);
      assertThat(reader.tryAdvance(packet -> infos.add(packet.info()))).isTrue();
    }

    assertThat(infos.get(1).dtsNanos()).isGreaterThanOrEqualTo(infos.get(0).dtsNanos());
    assertThat(infos.get(1)).isNotEqualTo(infos.get(0));
  }

  @Test
  void format_ofReaderAndPackets_isTheSame() {
    try (PacketReader reader = packets().openPackets(Optional.empty())) {
      List<Seen> packets = read(reader);

      assertThat(packets).allMatch(packet -> packet.info().format().equals(reader.format()));
      assertThat(reader.format().codec()).isNotBlank();
    }
  }

  @Test
  void bytesReceived_isAtLeastWhatThePacketsHold() {
    try (PacketReader reader = packets().openPackets(Optional.empty())) {
      long bytes = read(reader).stream().mapToLong(packet -> packet.bytes()).sum();
      long part = bytes / 2; // headers may be added, as parameter sets before each key frame

      reader
          .bytesReceived()
          .ifPresent(received -> assertThat(received).isGreaterThanOrEqualTo(part));
    }
  }

  @Test
  void decode_byThePacketsAlone_givesWholeFrames() {
    List<FrameInfo> frames = new ArrayList<>();
    try (FrameReader reader = decode(packets())) {
      boolean more = true;
      while (more && frames.size() < SOME) {
        more = reader.tryAdvance(frame -> frames.add(frame.info()));
      }
    }

    assertThat(frames).hasSizeGreaterThanOrEqualTo(20);
    assertThat(frames).noneMatch(FrameInfo::corrupt);
    assertThat(frames.get(0).keyFrame()).isTrue();
  }

  @Test
  void openPackets_atAPosition_leadsToWhatFollows() {
    List<Seen> all = read(packets(), Optional.empty());
    assumeTrue(all.get(0).position().isPresent(), "packets of this kind have no position");
    int middle = all.size() / 2;
    PacketInfo last = all.get(middle).info();

    List<Seen> rest = read(packets(), all.get(middle).position());

    assertThat(rest.get(0).info().keyFrame()).isTrue();
    assertThat(rest)
        .filteredOn(packet -> !packet.info().decodeOnly())
        .extracting(packet -> packet.info().ptsNanos())
        .isEqualTo(
            all.stream()
                .map(packet -> packet.info().ptsNanos())
                .filter(pts -> pts > last.ptsNanos())
                .toList());
  }

  @Test
  void openPackets_atAPositionOfAnotherSource_throws() {
    Optional<ResumePosition> foreign = Optional.of(new ResumePosition("another-kind:9:x"));

    assertThatThrownBy(() -> packets().openPackets(foreign)).isInstanceOf(SourceException.class);
  }

  @Test
  void source_afterATrip_readsTheSame() {
    PacketSource travelled = Travel.roundTrip(packets());

    List<Seen> packets = read(travelled, Optional.empty());

    assertThat(packets).hasSize(expected().map(ExpectedClip::frames).orElse(SOME));
  }

  @Test
  void source_withCredentials_showsThemNowhere() {
    PacketSource source =
        FrameSourceSetup.require(
            packetsWithCredentials("jo-user", "s3cret-word"),
            "this kind of source has no credentials");

    assertThat(source.toString()).doesNotContain("jo-user").doesNotContain("s3cret-word");
    Throwable failure =
        catchThrowableOfType(
            SourceException.class, () -> source.openPackets(Optional.empty()).close());
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      assertThat(cause.toString()).doesNotContain("jo-user").doesNotContain("s3cret-word");
    }
  }
}
