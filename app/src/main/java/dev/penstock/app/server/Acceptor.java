package dev.penstock.app.server;

import com.linecorp.armeria.common.Flags;
import com.linecorp.armeria.common.util.EventLoopGroups;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The thread that accepts connections. Asked to end, it ends at once; Netty would have it listen
 * for two seconds more to whether somebody still has work for it, and who accepts has none.
 */
final class Acceptor extends MultiThreadIoEventLoopGroup {
  private static final long PATIENCE_SECONDS = 15;

  private Acceptor(String name, IoHandlerFactory transport) {
    super(1, new DefaultThreadFactory(name, true), transport);
  }

  /** One for the transport in use; where that is neither of those on Linux, a patient one. */
  static EventLoopGroup named(String name) {
    return switch (Flags.transportType()) {
      case EPOLL -> new Acceptor(name, EpollIoHandler.newFactory());
      case NIO -> new Acceptor(name, NioIoHandler.newFactory());
      case KQUEUE, IO_URING -> EventLoopGroups.newEventLoopGroup(1, name);
    };
  }

  @Override
  public Future<?> shutdownGracefully() {
    return shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
