package io.videoml.kvs;

import io.videoml.frame.CaptureClock;
import io.videoml.kvs.client.KvsConnection;
import io.videoml.kvs.client.KvsStream;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.kinesisvideo.model.APIName;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.ClipFragmentSelectorType;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.GetClipRequest;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.GetClipResponse;

/** GetClip, into a file: first under another name beside it, then moved there. */
final class ClipDownload {
  /** The service's own limit is 100 MB; more is not to fill a disk. */
  private static final long MOST = 128L << 20;

  private ClipDownload() {}

  static long save(
      KvsStream stream, KvsConnection connection, String who, KvsRange range, Path file) {
    Path target = file.toAbsolutePath();
    try (OneCall call = new OneCall(stream, connection, who)) {
      AwsRequestOverrideConfiguration at = call.at(APIName.GET_CLIP);
      GetClipRequest.Builder request =
          GetClipRequest.builder()
              .clipFragmentSelector(
                  selector ->
                      selector
                          .fragmentSelectorType(
                              range.clock() == CaptureClock.KVS_SERVER
                                  ? ClipFragmentSelectorType.SERVER_TIMESTAMP
                                  : ClipFragmentSelectorType.PRODUCER_TIMESTAMP)
                          .timestampRange(
                              times -> times.startTimestamp(range.from()).endTimestamp(range.to())))
              .overrideConfiguration(at);
      stream.name().ifPresent(request::streamName);
      stream.arn().ifPresent(request::streamARN);
      Path part = Files.createTempFile(target.getParent(), ".clip-", ".part");
      HttpMediaSession<GetClipResponse> session = new HttpMediaSession<>();
      try {
        session.call(response -> call.archive().getClip(request.build(), response));
        long size = write(session, part, connection, who);
        move(part, target);
        return size;
      } catch (MediaException e) {
        call.forget(APIName.GET_CLIP);
        throw e.failure().toException(who);
      } finally {
        session.close();
        Files.deleteIfExists(part);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SourceException(Kind.CLOSED, who, "was interrupted while the clip came", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private static long write(MediaSession session, Path part, KvsConnection connection, String who)
      throws IOException, InterruptedException {
    long size = 0;
    try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
      while (true) {
        MediaChunk chunk = session.next(connection.readTimeout().toNanos());
        if (chunk.what() == MediaChunk.What.END) {
          break;
        }
        if (chunk.what() == MediaChunk.What.NOTHING) {
          throw new SourceException(
              Kind.STALLED, who, "the clip did not come within " + connection.readTimeout());
        }
        ByteBuffer bytes = chunk.bytes();
        size += bytes.remaining();
        if (size > MOST) {
          throw new SourceException(
              Kind.UNSUPPORTED, who, "the clip is longer than " + MOST + " bytes; ask for less");
        }
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
      }
    }
    if (size == 0) {
      throw new SourceException(
          Kind.NOT_FOUND, who, "the archive has no video of this range; check the times");
    }
    return size;
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
