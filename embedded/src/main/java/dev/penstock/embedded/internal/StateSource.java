package dev.penstock.embedded.internal;

import org.rocksdb.ReadOptions;
import org.rocksdb.RocksIterator;

/** How the state's column family is read: at which moment, and with which iterators. */
interface StateSource {
  ReadOptions options();

  /** An iterator that nobody else uses until it is given back. */
  RocksIterator borrow();

  void giveBack(RocksIterator iterator);

  /** Reads what is there now, with an iterator for each use: for the one thread that writes. */
  static StateSource latest(Rocks rocks, ReadOptions options) {
    return new StateSource() {
      @Override
      public ReadOptions options() {
        return options;
      }

      @Override
      public RocksIterator borrow() {
        return rocks.db.newIterator(rocks.state, options);
      }

      @Override
      public void giveBack(RocksIterator iterator) {
        iterator.close();
      }
    };
  }
}
