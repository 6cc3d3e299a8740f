package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.videoml.packet.EncodedFormat;
import io.videoml.packet.PacketHandler;
import io.videoml.packet.PacketReader;
import io.videoml.source.FrameReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.testkit.TestClips;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Readers of packets that call back into the reader of their frames, or use other threads. */
@Timeout(30)
class PacketReentryTest {
  @TempDir Path directory;
  private int live;
  private List<RecordedPackets.Recorded> packets = List.of();

  @BeforeEach
  void encode() {
    packets =
        RecordedPackets.read(
            Clips.encode(TestClips.movingSquare(), directory.resolve("a.mp4"), "libopenh264", 0));
    live = NativeCount.live();
  }

  @AfterEach
  void everythingIsGivenBack() {
    assertThat(NativeCount.live()).isEqualTo(live);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void tryAdvance_fromWithinThePacketReaderAfterClose_freesNothingInUse(boolean twice) {
    Reentering hostile = new Reentering(new RecordedPackets.ListReader(packets), twice);
    FrameReader reader = new ScriptedPackets(hostile).open();
    hostile.frames = reader;

    SourceException failure =
        catchThrowableOfType(SourceException.class, () -> ScriptedPackets.readAll(reader));

    assertThat(failure.kind()).isEqualTo(Kind.CLOSED);
    assertThat(hostile.refused)
        .hasSize(twice ? 2 : 1)
        .allMatch(each -> each instanceof IllegalStateException);
  }

  @Test
  void handler_calledOnAnotherThreadWithinTryAdvance_refuses() {
    List<Throwable> refused = new ArrayList<>();
    PacketReader elsewhere =
        new Reentering(new RecordedPackets.ListReader(packets), false) {
          @Override
          public boolean tryAdvance(PacketHandler handler) {
            FutureTask<Void> lending =
                new FutureTask<>(() -> handler.onPacket(packets.get(0)), null);
            new Thread(lending, "lends-elsewhere").start();
            ExecutionException failed =
                catchThrowableOfType(ExecutionException.class, lending::get);
            refused.add(failed.getCause());
            return true;
          }
        };

    assertThatIllegalStateException()
        .isThrownBy(() -> new ScriptedPackets(elsewhere).open().close());
    assertThat(refused).hasSize(1).hasOnlyElementsOfType(IllegalStateException.class);
  }

  private static class Reentering implements PacketReader {
    private final PacketReader inner;
    private final boolean twice;
    private final List<Throwable> refused = new ArrayList<>();
    private FrameReader frames;
    private int calls;

    Reentering(PacketReader inner, boolean twice) {
      this.inner = inner;
      this.twice = twice;
    }

    @Override
    public boolean tryAdvance(PacketHandler handler) {
      if (++calls == 5) {
        frames.close();
        for (int i = 0; i < (twice ? 2 : 1); i++) {
          refused.add(catchThrowable(() -> frames.tryAdvance(frame -> {})));
        }
      }
      return inner.tryAdvance(handler);
    }

    @Override
    public EncodedFormat format() {
      return inner.format();
    }

    @Override
    public void close() {} // goes on as if nothing were
  }
}
