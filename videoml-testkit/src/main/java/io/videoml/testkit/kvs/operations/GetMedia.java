package io.videoml.testkit.kvs.operations;

import io.videoml.testkit.kvs.faults.FaultException;
import io.videoml.testkit.kvs.faults.KvsOperation;
import io.videoml.testkit.kvs.faults.RequestFaults;
import io.videoml.testkit.kvs.http.HttpExchange;
import io.videoml.testkit.kvs.http.HttpHeader;
import io.videoml.testkit.kvs.media.AwsTags;
import io.videoml.testkit.kvs.service.Parameters;
import io.videoml.testkit.kvs.service.ServiceContext;
import io.videoml.testkit.kvs.service.ServiceException;
import io.videoml.testkit.kvs.store.StoredStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Sends fragments, those that are there and those to come.
 *
 * <p>Threading: all methods from any thread.
 */
public final class GetMedia {
  private final ServiceContext context;

  /** Sends from the streams of the context. */
  public GetMedia(ServiceContext context) {
    this.context = context;
  }

  /** Answers a request, until one of both ends it. */
  public void serve(HttpExchange exchange, Parameters parameters, RequestFaults faults)
      throws ServiceException, IOException, InterruptedException {
    StoredStream stream = context.stream(parameters.stream());
    StartPosition start =
        StartPosition.of(
            parameters
                .object("StartSelector")
                .orElseThrow(() -> ServiceException.invalid("StartSelector is missing")),
            stream);
    String name = stream.info().name();
    context.usage().request(name, KvsOperation.GET_MEDIA, context.limits().requestsPerSecond());
    context.usage().connect(name, KvsOperation.GET_MEDIA, context.limits().mediaConnections());
    try (OutputStream out =
        exchange.stream(200, List.of(new HttpHeader("Content-Type", "video/webm")))) {
      MediaSession session =
          new MediaSession(context, stream, faults, faults.answer(exchange, out));
      if (start.found()) {
        session.follow(exchange, start.after());
      } else {
        session.write(AwsTags.error(4000, "FRAGMENT_NOT_FOUND"));
      }
    } catch (FaultException e) {
      if (!e.inOrder()) {
        throw e;
      }
    } finally {
      context.usage().release(name, KvsOperation.GET_MEDIA);
    }
  }
}
