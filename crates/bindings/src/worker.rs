//! Long work, done beside the interpreter on a thread with a deep stack, so that Ctrl-C reaches it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SendError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use pyo3::exceptions::{PyMemoryError, PyRuntimeError};
use pyo3::prelude::*;

/// How often a long search looks whether somebody wants it to stop.
const POLL: Duration = Duration::from_millis(50);
/// How often those who wait are told how far it is.
const LOOK: Duration = Duration::from_millis(250);
/// Plans within plans within plans: room for deep recursion (address space, not memory).
pub const STACK: usize = 256 << 20;

/// Work for a thread beside the interpreter's.
type Job = Box<dyn FnOnce() + Send>;

/// The thread that does an engine's long work; begun with the first.
pub struct Worker {
    interrupt: Arc<AtomicBool>,
    jobs: Mutex<Option<Sender<Job>>>,
}

impl Worker {
    /// One whose work ends when the flag is raised.
    pub fn new(interrupt: Arc<AtomicBool>) -> Self {
        Worker {
            interrupt,
            jobs: Mutex::default(),
        }
    }

    /// Runs long work beside the interpreter, so that Ctrl-C reaches it: the work sees the engine's flag, ends, and the signal is
    /// raised here.
    pub fn interruptible<T: Send + 'static>(
        &self,
        py: Python<'_>,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> PyResult<T> {
        let (result, signal) = self.watched(py, work, |_| Ok(()))?;
        signal.and(Ok(result))
    }

    /// The same, but what was found is given back beside what was raised, and `look` is called a few times a second meanwhile.
    pub fn watched<T: Send + 'static>(
        &self,
        py: Python<'_>,
        work: impl FnOnce() -> T + Send + 'static,
        look: impl Fn(Python<'_>) -> PyResult<()> + Send + Sync,
    ) -> PyResult<(T, PyResult<()>)> {
        self.interrupt.store(false, Ordering::Relaxed);
        let (done, waiting) = std::sync::mpsc::channel();
        self.employ(Box::new(move || {
            // Nobody waits any more only if this very function has gone.
            let _ = done.send(work());
        }))?;
        let waited = waited(py, waiting, &self.interrupt, look);
        self.interrupt.store(false, Ordering::Relaxed);
        waited
    }

    /// Gives work to the engine's own thread. (One thread for all of it: a new one for each question would begin with memory of
    /// its own, which takes longer than most questions.)
    fn employ(&self, job: Job) -> PyResult<()> {
        let mut worker = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        let job = match worker.as_ref() {
            None => job,
            Some(worker) => match worker.send(job) {
                Ok(()) => return Ok(()),
                Err(SendError(job)) => job, // it died of the work before
            },
        };
        let (sender, jobs) = std::sync::mpsc::channel::<Job>();
        std::thread::Builder::new()
            .stack_size(STACK)
            .spawn(move || jobs.into_iter().for_each(|job| job()))
            .map_err(|error| PyMemoryError::new_err(error.to_string()))?;
        // The thread has only just begun to wait.
        let _ = sender.send(job);
        *worker = Some(sender);
        Ok(())
    }
}

/// Waits for what another thread finds, beside the interpreter: a signal raises the flag that ends its work, and is given back beside what
/// was found by then. `look` is called a few times a second meanwhile.
pub fn waited<T: Send>(
    py: Python<'_>,
    waiting: Receiver<T>,
    interrupt: &AtomicBool,
    look: impl Fn(Python<'_>) -> PyResult<()> + Send + Sync,
) -> PyResult<(T, PyResult<()>)> {
    let mut signal = Ok(());
    let mut looked = Instant::now();
    let found = py.detach(|| {
        let waiting = waiting;
        loop {
            match waiting.recv_timeout(POLL) {
                Ok(found) => return Ok(found),
                Err(RecvTimeoutError::Timeout) if signal.is_err() => {}
                Err(RecvTimeoutError::Timeout) => {
                    let due = looked.elapsed() >= LOOK;
                    signal = Python::attach(|py| {
                        py.check_signals()?;
                        if due {
                            look(py)?;
                        }
                        Ok(())
                    });
                    if due {
                        looked = Instant::now();
                    }
                    if signal.is_err() {
                        interrupt.store(true, Ordering::Relaxed);
                    }
                }
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(PyRuntimeError::new_err("the engine failed"));
                }
            }
        }
    });
    Ok((found?, signal))
}
