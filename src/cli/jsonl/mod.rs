//! `clean --jsonl`: a stream of JSON objects, a line in, a line out. Owns reading in pieces, sharing them among threads, writing in order;
//! must not know what is in a line ([`row`] does).
//!
//! Memory does not grow with the stream: as many pieces are under way as twice the threads. A piece ends where no further whole line
//! has arrived, so that a program that waits for the answer to its line gets it.

mod row;
mod string;

pub(super) use row::{Failed, OUR_KEYS, Rows};

use super::Failure;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};

/// Bytes read at once.
const BUFFER: usize = 1 << 20;
/// Bytes of lines that a thread gets at once.
const PIECE: usize = 1 << 16;
/// Bytes of lines that are cleaned before threads are started.
const INLINE: usize = 1 << 17;

/// Some lines of the stream.
struct Piece {
    lines: Vec<u8>,
    /// The number of the first one, from 1.
    number: u64,
}

/// Cleans the stream, with `jobs` threads.
///
/// # Errors
/// When reading or writing fails.
pub(super) fn clean_stream(
    input: impl Read + Send,
    output: &mut dyn Write,
    rows: &Rows,
    jobs: usize,
) -> Result<(), Failure> {
    let mut pieces = Pieces { input: BufReader::with_capacity(BUFFER, input), number: 1, is_first: true };
    let (mut out, mut inline) = (Vec::new(), 0);
    while let Some(piece) = pieces.next_piece()? {
        // threads cost something: a short stream, or one that waits for its answers, does without
        inline += piece.lines.len();
        if jobs > 1 && (inline > INLINE || pieces.has_line()) {
            return clean_in_parallel(pieces, piece, output, rows, jobs);
        }
        out.clear();
        clean_piece(&piece, rows, &mut out);
        output.write_all(&out)?;
        output.flush()?;
    }
    Ok(())
}

fn clean_piece(piece: &Piece, rows: &Rows, out: &mut Vec<u8>) {
    out.reserve(piece.lines.len());
    let (mut number, mut rest) = (piece.number, piece.lines.as_slice());
    while !rest.is_empty() {
        let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |i| i + 1);
        let (line, more) = rest.split_at(end);
        rows.write(line, number, out);
        out.push(b'\n');
        (number, rest) = (number + 1, more);
    }
}

struct Pieces<R> {
    input: BufReader<R>,
    number: u64,
    is_first: bool,
}

impl<R: Read> Pieces<R> {
    /// Whether a whole line has arrived.
    fn has_line(&self) -> bool {
        memchr::memchr(b'\n', self.input.buffer()).is_some()
    }

    /// Appends the next line with its line end, if there is one; says whether.
    fn read_line(&mut self, lines: &mut Vec<u8>) -> io::Result<bool> {
        let arrived = self.input.buffer();
        let Some(end) = memchr::memchr(b'\n', arrived) else {
            return Ok(self.input.read_until(b'\n', lines)? > 0);
        };
        lines.extend_from_slice(&arrived[..=end]);
        self.input.consume(end + 1);
        Ok(true)
    }

    /// The next lines: at least one, and more while they are there already.
    fn next_piece(&mut self) -> Result<Option<Piece>, Failure> {
        let mut lines = Vec::with_capacity(PIECE);
        let mut count = 0;
        loop {
            let any = self.read_line(&mut lines).map_err(unreadable)?;
            count += u64::from(any);
            if !any || lines.len() >= PIECE || !self.has_line() {
                break;
            }
        }
        if std::mem::take(&mut self.is_first) && lines.starts_with(b"\xef\xbb\xbf") {
            lines.drain(..3);
        }
        if count == 0 {
            return Ok(None);
        }
        let piece = Piece { lines, number: self.number };
        self.number += count;
        Ok(Some(piece))
    }
}

fn unreadable(e: io::Error) -> Failure {
    Failure::Message(format!("cannot read the stream: {e}"))
}

/// A piece and where its answer goes.
type Job = (Piece, SyncSender<Vec<u8>>);

fn clean_in_parallel<R: Read + Send>(
    pieces: Pieces<R>,
    first: Piece,
    output: &mut dyn Write,
    rows: &Rows,
    jobs: usize,
) -> Result<(), Failure> {
    let (work, worker_end) = sync_channel::<Job>(jobs);
    let worker_end = Mutex::new(worker_end);
    // answers in the order of the stream
    let (order, answers) = sync_channel::<Receiver<Vec<u8>>>(jobs * 2);
    std::thread::scope(|scope| {
        let reader = scope.spawn(move || send_pieces(pieces, first, &work, &order));
        for _ in 0..jobs {
            scope.spawn(|| {
                loop {
                    let job = worker_end.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((piece, answer)) = job else { break };
                    let mut out = Vec::new();
                    clean_piece(&piece, rows, &mut out);
                    if answer.send(out).is_err() {
                        break;
                    }
                }
            });
        }
        let written = write_answers(&answers, output);
        if let Err(failure) = written {
            // the reader may wait for input for ever: nobody is left to hear of it
            super::leave(failure);
        }
        reader.join().unwrap_or_else(|_| Err(Failure::Message("the reading thread failed".into())))
    })
}

fn send_pieces<R: Read>(
    mut pieces: Pieces<R>,
    first: Piece,
    work: &SyncSender<Job>,
    order: &SyncSender<Receiver<Vec<u8>>>,
) -> Result<(), Failure> {
    let mut next = Some(first);
    while let Some(piece) = next {
        let (answer, waiting) = sync_channel(1);
        if order.send(waiting).is_err() || work.send((piece, answer)).is_err() {
            break;
        }
        next = pieces.next_piece()?;
    }
    Ok(())
}

fn write_answers(answers: &Receiver<Receiver<Vec<u8>>>, output: &mut dyn Write) -> Result<(), Failure> {
    while let Ok(answer) = answers.recv() {
        let Ok(out) = answer.recv() else {
            return Err(Failure::Message("a cleaning thread failed".into()));
        };
        output.write_all(&out)?;
        output.flush()?;
    }
    Ok(())
}
