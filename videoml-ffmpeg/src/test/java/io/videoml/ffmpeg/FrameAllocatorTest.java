package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FrameAllocatorTest {
  private AVCodecContext decoder;
  private AVFrame frame;

  @BeforeEach
  void allocate() {
    Natives.require("test");
    decoder = avcodec_alloc_context3(null);
    frame = av_frame_alloc();
  }

  @AfterEach
  void free() {
    av_frame_free(frame);
    avcodec_free_context(decoder);
  }

  @Test
  void call_pictureThatCannotBe_failsForCAndOnceForJava() {
    try (FrameAllocator allocator = new FrameAllocator(decoder)) {
      frame.format(AV_PIX_FMT_YUV420P).width(-1).height(16);

      assertThat(decoder.get_buffer2().call(decoder, frame, 0)).isNegative();
      assertThatThrownBy(allocator::rethrow).isInstanceOf(IllegalArgumentException.class);
      assertThatCode(allocator::rethrow).doesNotThrowAnyException();
    }
  }

  @Test
  void call_afterClose_isRefused() {
    int lent = PixelMemory.lent();
    new FrameAllocator(decoder).close();
    frame.format(AV_PIX_FMT_YUV420P).width(16).height(16);

    assertThat(decoder.get_buffer2().call(decoder, frame, 0)).isNegative();
    assertThat(PixelMemory.lent()).isEqualTo(lent);
  }
}
