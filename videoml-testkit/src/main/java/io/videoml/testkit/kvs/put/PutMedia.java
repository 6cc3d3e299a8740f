package io.videoml.testkit.kvs.put;

import io.videoml.testkit.kvs.faults.FaultException;
import io.videoml.testkit.kvs.faults.KvsOperation;
import io.videoml.testkit.kvs.faults.RequestFaults;
import io.videoml.testkit.kvs.http.Ending;
import io.videoml.testkit.kvs.http.HttpExchange;
import io.videoml.testkit.kvs.http.HttpHeader;
import io.videoml.testkit.kvs.media.InvalidMediaException;
import io.videoml.testkit.kvs.service.ServiceContext;
import io.videoml.testkit.kvs.service.ServiceException;
import io.videoml.testkit.kvs.store.StoredStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * Takes media and acknowledges it at the same time.
 *
 * <p>Threading: all methods from any thread.
 */
public final class PutMedia {
  private final ServiceContext context;

  /** Stores into the streams of the context. */
  public PutMedia(ServiceContext context) {
    this.context = context;
  }

  /** Answers a request whose signature is right, until one of both ends it. */
  public void serve(HttpExchange exchange, RequestFaults faults)
      throws ServiceException, IOException, InterruptedException {
    PutHeaders headers = PutHeaders.of(exchange.request());
    StoredStream stream = context.stream(headers.stream());
    String name = stream.info().name();
    context.usage().request(name, KvsOperation.PUT_MEDIA, context.limits().requestsPerSecond());
    context.usage().connect(name, KvsOperation.PUT_MEDIA, context.limits().putConnections());
    try {
      InputStream body = exchange.body();
      OutputStream out =
          faults.answer(
              exchange,
              exchange.stream(200, List.of(new HttpHeader("Content-Type", "application/json"))));
      Acks acks = new Acks(exchange, out, context.limits(), faults);
      exchange.beside(acks);
      PutSession session =
          new PutSession(
              context,
              stream,
              headers,
              faults,
              acks,
              faults.request(exchange, watched(body, acks)));
      run(exchange, session, acks);
    } finally {
      context.usage().release(name, KvsOperation.PUT_MEDIA);
    }
  }

  private static void run(HttpExchange exchange, PutSession session, Acks acks)
      throws IOException, InterruptedException {
    try {
      session.run();
      acks.finish();
    } catch (PutException e) {
      acks.send(session.error(e.id()));
      acks.finish();
      exchange.abort(Ending.CLOSE);
    } catch (InvalidMediaException e) {
      acks.send(session.error(AckError.INVALID_MKV_DATA.id()));
      acks.finish();
      exchange.abort(Ending.CLOSE);
    } catch (EOFException e) {
      acks.send(session.error(AckError.STREAM_READ_ERROR.id()));
      acks.finish();
      throw e;
    } catch (CutException e) {
      acks.flush();
      exchange.abort(e.how());
    } catch (FaultException e) {
      acks.flush();
      throw e;
    } finally {
      session.abandon();
    }
  }

  private static InputStream watched(InputStream body, Acks acks) {
    return new FilterInputStream(body) {
      @Override
      public int read() throws IOException {
        int read = super.read();
        acks.data();
        return read;
      }

      @Override
      public int read(byte[] into, int from, int length) throws IOException {
        int read = super.read(into, from, length);
        acks.data();
        return read;
      }
    };
  }
}
